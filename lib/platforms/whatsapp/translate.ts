import { z } from 'zod'
import { graphError, type GraphTrouble } from '../graph'
import type { Effect } from '../outcome'
import type { Addressee, PartMedia, PlatformError, Published, Reply, Template } from '../platform'
import { about } from './about'
import type { ListedTemplate, NewMessage } from './api'
import { PhoneDigits, UserId } from './who'

export const { label } = about

/** Error codes of the Cloud API (developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, through clients, read 2026-11-25). */
const codes: Readonly<Record<number, string>> = {
  130_472: 'WhatsApp does not deliver this to this person: they are part of an experiment of Meta’s.',
  131_008: 'WhatsApp misses a value in this message.',
  131_009: 'WhatsApp does not accept a value in this message.',
  131_020: 'Nobody is left in this group to read it.',
  131_021: 'A number cannot write to itself.',
  131_026: 'WhatsApp cannot deliver this: the person has no WhatsApp, an old one, or did not accept its terms.',
  131_030: 'This app may write to its test numbers alone. Add the person’s number to them, or make the app live.',
  131_031: 'WhatsApp has locked this business account. Look into Meta’s business support.',
  131_041: 'WhatsApp knows no such group any more, or your number is not in it.',
  131_042: 'WhatsApp wants a way of payment for this business account. Add one in the WhatsApp manager.',
  131_047:
    'More than 24 hours have passed since this person, or anybody in this group, wrote last. Only a template that WhatsApp approved may be sent now.',
  131_049: 'WhatsApp holds this back, so that people do not get too many such messages.',
  131_050: 'This person does not want such messages any more.',
  131_051: 'WhatsApp does not know this kind of message.',
  131_052: 'WhatsApp could not fetch what the person sent.',
  131_053: 'WhatsApp could not take in the file.',
  131_062:
    'WhatsApp sends this kind of message to numbers alone, and this person shows none. Answer in words, or with another template.',
  131_207: 'WhatsApp has suspended this group. Look into the WhatsApp manager.',
  132_000: 'The template wants another number of values.',
  132_001: 'There is no such template in this language, or it is not approved.',
  132_005: 'The template is too long with these values.',
  132_007: 'The template breaks WhatsApp’s rules.',
  132_012: 'The template wants values of another kind.',
  132_015: 'WhatsApp has paused this template: too many people disliked it.',
  132_016: 'WhatsApp has switched this template off.',
  133_010: 'This number is not registered with the Cloud API. Register it in the WhatsApp manager.',
}
export const reasonOf = (code: number | undefined): string | undefined => codes[code ?? 0]

/** One person gets a message every 6 seconds, with a burst of 45; waiting as Meta says, 4 seconds to the power of the tries. */
const pairPauseMs = 16_000

export const whatsappError = (trouble: GraphTrouble, effect: Effect, now: Date): PlatformError =>
  graphError(trouble, {
    label,
    effect,
    now,
    special(code, _subcode, refusal) {
      if (code === 131_056) return { code: 'rate_limited', retryAt: new Date(now.getTime() + pairPauseMs) }
      if (code === 131_048 || code === 80_007) return undefined
      // Their own machinery, before or after the deed.
      if (code === 131_000 || code === 131_016 || code === 131_057)
        return {
          code: effect === 'visible' ? 'outcome_unknown' : 'unavailable',
          reason: `${label} had a fault of its own (code ${code}).`,
        }
      const reason = refusal.status < 500 ? reasonOf(code) : undefined
      return reason === undefined ? undefined : { code: 'rejected', reason }
    },
  })

/** Where an answer goes: to one person, by their number or Meta’s name for them, or to a group, by the name that WhatsApp gave it. */
const Ref = z.union([
  z.object({ group: z.string().min(1) }).strict(),
  z.object({ to: PhoneDigits }).strict(),
  z.object({ user: UserId }).strict(),
])
export type Place = z.output<typeof Ref>
/** Undefined for what is no address: nothing is sent there. */
export const placeOf = ({ ref }: Pick<Addressee, 'ref'>): Place | undefined => Ref.safeParse(ref).data

function addressOf(place: Place) {
  if ('group' in place) return { recipient_type: 'group', to: place.group } as const
  // Where both stand, WhatsApp takes `to`.
  return 'user' in place
    ? ({ recipient_type: 'individual', recipient: place.user } as const)
    : ({ recipient_type: 'individual', to: place.to } as const)
}

/** The same bytes however often it is made: the key comes back in every report. */
export function toMessage({ to, text, key, template, media: [file] = [] }: Reply): NewMessage {
  const common = {
    messaging_product: 'whatsapp',
    ...addressOf(Ref.parse(to.ref)),
    ...(key.recordKey ? { biz_opaque_callback_data: key.recordKey } : {}),
  } as const
  if (!template) {
    const context = { message_id: to.externalId }
    if (!file) return { ...common, context, type: 'text', text: { body: text, preview_url: true } }
    return { ...common, context, ...shownAs(file, text) }
  }
  const parameters = template.values.map((value) => ({ type: 'text' as const, text: value }))
  return {
    ...common,
    type: 'template',
    template: {
      name: template.name,
      language: { code: template.language },
      ...(parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {}),
    },
  }
}

/** What is kept of a file that was brought: WhatsApp's name for it, and what its reader shall call it. */
const Brought = z.object({ id: z.string(), name: z.string() })
export type Brought = z.output<typeof Brought>
/** Until 2026-11 the name for it was all that was kept. */
const Kept = z.union([Brought, z.string().transform((id): Brought => ({ id, name: 'file' }))])

/** A file by the name that it was brought under. A document says how its reader shall keep it. */
function shownAs({ kind, ref }: PartMedia, caption: string) {
  const { id, name } = Kept.parse(ref)
  const shown = { id, caption }
  if (kind === 'video') return { type: 'video', video: shown } as const
  if (kind !== 'document') return { type: 'image', image: shown } as const
  return { type: 'document', document: { ...shown, filename: name } } as const
}

/**
 * Messages have no address of their own: the chat is where they are. That of a group is for those who are in it, and that
 * with somebody who shows no number has none.
 */
export const toPublished = (webUrl: string, externalId: string, place: Place | undefined): Published => ({
  externalId,
  url: place && 'to' in place ? `${webUrl}/${place.to}` : '',
  ref: place ?? null,
})

/** Templates that a text alone fills in: with pictures or buttons that want values, they are for other programs. */
export function toTemplate({ name, language, status, category, components }: ListedTemplate): Template | undefined {
  const body = components.find(({ type }) => type === 'BODY')?.text
  const isPlain = components.every(
    ({ type, format, text }) =>
      ['BODY', 'FOOTER'].includes(type) || (type === 'HEADER' && format === 'TEXT' && !text?.includes('{{')),
  )
  if (status !== 'APPROVED' || body === undefined || !isPlain) return undefined
  const names = [...body.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, found = '']) => found)
  // Values with names of their own go out in another form.
  if (names.some((found, index) => found !== String(index + 1))) return undefined
  return { name, language, text: body, values: names.length, ...(category ? { category } : {}) }
}
