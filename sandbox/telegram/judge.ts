import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Exchange } from '../x/judge'

export const specFile = join(
  process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'),
  'telegram-api.json',
)
export const hasSpec = existsSync(specFile)

const Field = z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() })
const Type = z.object({ fields: z.array(Field).default([]), subtypes: z.array(z.string()).default([]) })
const Method = z.object({ fields: z.array(Field).default([]), returns: z.array(z.string()) })
const Spec = z.object({ methods: z.record(z.string(), Method), types: z.record(z.string(), Type) })
type Field = z.infer<typeof Field>

/** What a failure looks like: "Making requests" of the same page, and its type ResponseParameters. */
const Failure = z.strictObject({
  ok: z.literal(false),
  error_code: z.number().int(),
  description: z.string(),
  parameters: z.strictObject({ retry_after: z.number().int().optional() }).optional(),
})

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Judges exchanges by the Bot API's methods, fields and types. @returns complaints, none when all is well. */
export function makeJudge(): (exchange: Exchange) => Promise<readonly string[]> {
  const spec = Spec.parse(JSON.parse(readFileSync(specFile, 'utf8')))

  /** Complaints about a value that should be of one of these types. */
  function misfits(value: unknown, types: readonly string[], where: string): readonly string[] {
    const tries = types.map((type) => misfit(value, type, where))
    return tries.find((each) => each.length === 0) ?? tries.toSorted((a, b) => a.length - b.length)[0] ?? []
  }

  function misfit(value: unknown, type: string, where: string): readonly string[] {
    const items = /^Array of (.+)$/.exec(type)?.[1]
    if (items !== undefined)
      return Array.isArray(value)
        ? value.flatMap((item, index) => misfits(item, [items], `${where}[${index}]`))
        : [`${where} is no list`]
    const fits: Record<string, () => boolean> = {
      String: () => typeof value === 'string',
      Integer: () => Number.isSafeInteger(value),
      Float: () => typeof value === 'number',
      Boolean: () => typeof value === 'boolean',
      InputFile: () => value instanceof Blob,
    }
    const simple = fits[type]
    if (simple) return simple() ? [] : [`${where} is no ${type}`]
    const described = spec.types[type]
    if (!described) return [`${where}: the description has no type ${type}`]
    if (described.subtypes.length > 0) return misfits(value, described.subtypes, where)
    return isObject(value) ? fieldsOf(value, described.fields, `${where} (${type})`) : [`${where} is no ${type}`]
  }

  function fieldsOf(value: Record<string, unknown>, fields: readonly Field[], where: string): readonly string[] {
    const byName = new Map(fields.map((field) => [field.name, field]))
    return [
      ...fields.flatMap(({ name, required }) =>
        required && value[name] === undefined ? [`${where} lacks ${name}`] : [],
      ),
      ...Object.entries(value).flatMap(([name, held]) => {
        const field = byName.get(name)
        return field ? misfits(held, field.types, `${where}.${name}`) : [`${where} has an unknown ${name}`]
      }),
    ]
  }

  return async (exchange) => {
    const name = exchange.path.split('/')[2] ?? ''
    const method = spec.methods[name]
    if (!method) return [`The description has no method ${name}`]
    const { fields, files } = await askedWith(exchange, method.fields)
    const complaints = [...fieldsOf(fields, method.fields, name)]
    // Files that are named within a list go beside the fields.
    const named = new Set([...JSON.stringify(fields).matchAll(/attach:\/\/(\w+)/g)].map(([, file]) => file))
    complaints.push(
      ...files.filter((file) => !named.has(file)).map((file) => `${name}: nothing names the file ${file}`),
    )
    const answer: unknown = JSON.parse(exchange.answer.toString())
    if (exchange.status !== 200) {
      const failure = Failure.safeParse(answer)
      const isSaid = failure.success && failure.data.error_code === exchange.status
      return isSaid ? [] : [`${name} ${exchange.status}: no failure as the Bot API has it`]
    }
    const { ok, result, ...more } = z.looseObject({ ok: z.literal(true), result: z.unknown() }).parse(answer)
    if (!ok || Object.keys(more).length > 0) complaints.push(`${name}: more than ok and result`)
    return [...complaints, ...misfits(result, method.returns, `${name} answers`)]
  }
}

type Asked = { readonly fields: Record<string, unknown>; readonly files: readonly string[] }

/** What a request carries, by its description: in a form, all but words is JSON. */
async function askedWith(exchange: Exchange, described: readonly Field[]): Promise<Asked> {
  const type = exchange.headers['content-type'] ?? ''
  if (exchange.body.length === 0) return { fields: {}, files: [] }
  if (type.startsWith('application/json'))
    return { fields: z.record(z.string(), z.unknown()).parse(JSON.parse(exchange.body.toString())), files: [] }
  const form = await new Response(new Uint8Array(exchange.body), { headers: { 'content-type': type } }).formData()
  const fields: Record<string, unknown> = {}
  const files: string[] = []
  for (const [name, value] of form) {
    const types = described.find((field) => field.name === name)?.types
    if (typeof value !== 'string' && !types) files.push(name)
    else if (typeof value !== 'string' || !types || types.includes('String')) fields[name] = numeric(value, types)
    else fields[name] = JSON.parse(value)
  }
  return { fields, files }
}

/** A chat goes by its number or its name: in a form, both are words. */
const numeric = (value: unknown, types: readonly string[] = []): unknown =>
  typeof value === 'string' && types.includes('Integer') && /^-?\d+$/.test(value) ? Number(value) : value
