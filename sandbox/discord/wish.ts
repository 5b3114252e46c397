import { z } from 'zod'
import { type Call, type Reply, jsonBody } from '../core/call'
import { multipartBody } from '../core/multipart'
import { sniff } from '../core/sniff'
import type { World } from '../core/network'
import { emptyMessage, invalidForm, tooLarge } from './problems'
import { type Kept, newId } from './server'

const fileMaxBytes = 10 * 1024 ** 2
const requestMaxBytes = 25 * 1024 ** 2

const text = (max: number) => z.string().max(max)
const Embed = z.object({
  url: z.string().max(2048).nullish(),
  title: text(256).nullish(),
  description: text(4096).nullish(),
  thumbnail: z.object({ url: z.url().max(2048) }).nullish(),
})
const Poll = z.object({
  question: z.object({ text: z.string().min(1).max(300) }),
  answers: z
    .array(z.object({ poll_media: z.object({ text: z.string().min(1).max(55) }) }))
    .min(1)
    .max(10),
  duration: z.number().int().min(1).max(768).default(24),
  allow_multiselect: z.boolean().nullish(),
})
/** A message as Discord takes it without Nitro: 2000 characters, whatever the OpenAPI says. */
export const Wish = z.object({
  content: text(2000).nullish(),
  nonce: z.union([z.string().max(25), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  flags: z.number().int().nullish(),
  embeds: z.array(Embed).max(10).nullish(),
  attachments: z
    .array(
      z.object({
        id: z.coerce.string(),
        filename: text(1024).nullish(),
        title: text(1024).nullish(),
        description: text(1024).nullish(),
      }),
    )
    .max(10)
    .nullish(),
  allowed_mentions: z
    .object({
      parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
      users: z.array(z.string()).nullish(),
      roles: z.array(z.string()).nullish(),
      replied_user: z.boolean().nullish(),
    })
    .nullish(),
  message_reference: z
    .object({ message_id: z.string().regex(/^\d+$/), fail_if_not_exists: z.boolean().nullish() })
    .nullish(),
  poll: Poll.nullish(),
})
export type Wish = z.output<typeof Wish>

/** JSON, or `payload_json` and `files[n]`. */
export function readWish(call: Call): { body: unknown; files: ReadonlyMap<string, Buffer> } {
  const fields = multipartBody(call)
  if (!fields) return { body: jsonBody(call), files: new Map() }
  const files = new Map<string, Buffer>()
  for (const [name, value] of Object.entries(fields)) {
    const [, at] = /^files\[(\d+)\]$/.exec(name) ?? []
    if (at !== undefined && Buffer.isBuffer(value)) files.set(at, value)
  }
  const payload = fields.payload_json
  return { body: jsonBody({ ...call, raw: Buffer.from(payload ?? '') }), files }
}

const codes: Readonly<Record<string, string>> = {
  too_big: 'BASE_TYPE_MAX_LENGTH',
  too_small: 'BASE_TYPE_MIN_LENGTH',
  invalid_type: 'BASE_TYPE_BAD_TYPE',
  invalid_value: 'BASE_TYPE_CHOICES',
}

/** zod's complaint in Discord's words. */
export const complaint = (error: z.ZodError): Reply =>
  invalidForm(
    error.issues.map((issue) => ({
      path: issue.path,
      code: codes[issue.code] ?? 'BASE_TYPE_INVALID',
      message:
        issue.code === 'too_big'
          ? `Must be ${String(issue.maximum)} or fewer in length.`
          : issue.code === 'too_small'
            ? `Must be ${String(issue.minimum)} or more in length.`
            : issue.message,
    })),
  )

/** The files of a message, kept, when they may be sent. */
export async function keepFiles(
  world: World,
  call: Call,
  wish: Wish,
  files: ReadonlyMap<string, Buffer>,
): Promise<Kept['files'] | Reply> {
  const bytes = [...files.values()]
  if (call.raw.length > requestMaxBytes || bytes.some((file) => file.length > fileMaxBytes)) return tooLarge()
  if (bytes.length > 10)
    return invalidForm([{ path: ['files'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 10 or fewer in length.' }])
  if (!wish.content?.trim() && !wish.embeds?.length && !wish.poll && bytes.length === 0) return emptyMessage()
  const kept: Kept['files'] = []
  for (const [at, file] of files) {
    const about = wish.attachments?.find(({ id }) => id === at)
    kept.push({
      id: newId(world),
      filename: about?.filename ?? `file-${at}`,
      ...(about?.title ? { title: about.title } : {}),
      ...(about?.description ? { description: about.description } : {}),
      mime: await sniff(file),
      size: file.length,
      blob: world.blobs.put(file),
    })
  }
  return kept
}
