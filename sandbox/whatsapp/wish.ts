import { z } from 'zod'
import type { Reply } from '../core/call'
import { refused } from './problems'
import { bodyOf, valuesWanted } from './templates'

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.enum(['individual', 'group']),
  to: z.string().optional(),
  /** Somebody who shows no number. */
  recipient: z.string().optional(),
  context: z.object({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
}
const Shown = z.object({ id: z.string(), caption: z.string().max(1024).default('') })
export const Wish = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('image'), image: Shown }),
  z.object({ ...common, type: z.literal('video'), video: Shown }),
  z.object({ ...common, type: z.literal('document'), document: Shown.extend({ filename: z.string().optional() }) }),
  z.object({
    ...common,
    type: z.literal('text'),
    text: z.object({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
  }),
  z.object({
    ...common,
    type: z.literal('template'),
    template: z.object({
      name: z.string(),
      language: z.object({ code: z.string() }),
      components: z
        .array(
          z.object({ type: z.string(), parameters: z.array(z.object({ type: z.literal('text'), text: z.string() })) }),
        )
        .default([]),
    }),
  }),
])

export type Wish = z.output<typeof Wish>

/** What it says, or why that is refused. */
export function saidIn(wish: Wish): string | Reply {
  switch (wish.type) {
    case 'text':
      return wish.text.body
    case 'image':
      return wish.image.caption
    case 'video':
      return wish.video.caption
    case 'document':
      return wish.document.caption
    case 'template':
      return templateText(wish.template)
  }
}

/** The file that it names. */
export function shownIn(wish: Wish): { readonly id: string } | undefined {
  if (wish.type === 'image') return wish.image
  if (wish.type === 'video') return wish.video
  return wish.type === 'document' ? wish.document : undefined
}

type WishedTemplate = Extract<Wish, { type: 'template' }>['template']
function templateText({ name, language, components }: WishedTemplate): string | Reply {
  const body = bodyOf(name, language.code)
  if (body === undefined) return refused(132_001, 404)
  const values = components.find(({ type }) => type === 'body')?.parameters.map(({ text }) => text) ?? []
  if (values.length !== valuesWanted(body)) return refused(132_000)
  return body.replaceAll(/\{\{(\d+)\}\}/g, (_, at: string) => values[Number(at) - 1] ?? '')
}
