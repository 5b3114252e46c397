import { z } from 'zod'
import { parseJson } from '../outcome'
import { oneLine } from '../text'

/** A form that somebody filled in (developers.facebook.com/documentation/business-messaging/whatsapp/flows, read 2026-11-27). */
export const FilledForm = z.looseObject({
  name: z.string().optional(),
  body: z.string().optional(),
  response_json: z.string().optional(),
})
export type FilledForm = z.output<typeof FilledForm>

/** Lists in lists come from no form: whoever sends them shall not keep the rest from being read. */
const [deepest, most] = [4, 100]
/** What is for programs: whoever holds it may speak for somebody, and nobody typed it. */
const isSecret = (name: string): boolean => /token|secret|password/i.test(name)

/** The form and its answers, a line each. Undefined where there is none. */
export function formWords(form: FilledForm | undefined): string | undefined {
  if (!form) return undefined
  const { name, body } = form
  const title = name ? `[Filled in a form: ${nameOf(name)}]` : '[Filled in a form]'
  const answers = answersIn(parseJson(form.response_json ?? '')).slice(0, most)
  // What WhatsApp writes in the place of words says nothing, but with addresses, and those are among the answers.
  const said = answers.length > 0 ? answers : body && body !== 'Sent' ? [body] : []
  return [title, ...said].join('\n')
}

const nameOf = (name: string): string => oneLine(name.replaceAll('_', ' '))

type Named = { readonly name: string; readonly value: string }

function answersIn(value: unknown): readonly string[] {
  return namedIn(value, '', 0).map(({ name, value: said }) => (name ? `${name}: ${said}` : said))
}

function namedIn(value: unknown, name: string, depth: number): readonly Named[] {
  if (value === null || value === undefined || depth > deepest) return []
  if (typeof value === 'boolean') return [{ name, value: value ? 'yes' : 'no' }]
  if (typeof value === 'number') return [{ name, value: String(value) }]
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ name, value: value.trim() }]
  if (Array.isArray(value)) return listed(value.slice(0, most), name, depth)
  const file = File.safeParse(value).data
  if (file) return [{ name, value: file.file_name }]
  return Object.entries(value)
    .slice(0, most)
    .filter(([key]) => !isSecret(key))
    .flatMap(([key, each]) => namedIn(each, [name, nameOf(key)].filter(Boolean).join(', '), depth + 1))
}

/** What was uploaded. Its keys and sums are for programs. */
const File = z.looseObject({ file_name: z.string() })

/** Several choices are one answer. */
function listed(values: readonly unknown[], name: string, depth: number): readonly Named[] {
  const found = values.map((each) => namedIn(each, '', depth + 1))
  const isPlain = found.every((each) => each.every((one) => one.name === ''))
  if (!isPlain) return values.flatMap((each, n) => namedIn(each, `${name} ${n + 1}`.trim(), depth + 1))
  const said = found.flat().map((one) => one.value)
  return said.length === 0 ? [] : [{ name, value: said.join(', ') }]
}
