import { z } from 'zod'
import { sha256 } from '@/lib/core/crypto'
import type { MediaKind, Part, PartLink, Platform, Prepared, Published, UploadedMedia } from '@/lib/platforms'
import { askedOf } from '../rules/option-rules'
import { mergedContent } from '../rules/rules'
import { Options, Poll, type PostContent, type PostOverride } from '../schema'
import { tagged, tagLinks } from '../write/tags'

/** What a step will send, as kept in its row: all of it is fixed when the row is written. */
export const StepIntent = z.object({
  kind: z.enum(['post', 'reply', 'comment']),
  text: z.string(),
  title: z.string().optional(),
  poll: Poll.optional(),
  options: Options.optional(),
  link: z
    .object({
      url: z.string(),
      /** As it was written, without tags: what is looked at is no visit. */
      page: z.string().optional(),
      title: z.string().optional(),
      description: z.string().optional(),
    })
    .optional(),
  media: z.array(
    z.object({
      mediaId: z.string(),
      kind: z.enum(['image', 'gif', 'video', 'document']),
      alt: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
    }),
  ),
  key: z.object({ createdAt: z.string(), recordKey: z.string().optional() }),
})
export type StepIntent = z.infer<typeof StepIntent>

export type PlannedMedia = {
  readonly id: string
  readonly kind: MediaKind
  readonly alt: string
  readonly width?: number
  readonly height?: number
}

/** The files that one account will show. */
export function filesShown(content: PostContent, override: PostOverride | undefined): readonly string[] {
  const { mediaIds, thread } = mergedContent(content, override)
  return [...new Set([...mediaIds, ...thread.flatMap((part) => part.mediaIds)])]
}

/**
 * The things that will appear at the network, in order, with everything random about them. Called once per variant, with
 * all its files.
 */
export function planSteps(
  content: PostContent,
  override: PostOverride | undefined,
  media: ReadonlyMap<string, PlannedMedia>,
  platform: Platform,
  now: Date,
): readonly StepIntent[] {
  const merged = mergedContent(content, override)
  const files = (ids: readonly string[]): StepIntent['media'] =>
    ids.map((mediaId) => {
      const file = media.get(mediaId)
      if (!file) throw new Error(`File ${mediaId} is gone`)
      return {
        mediaId,
        kind: file.kind,
        alt: merged.alts[mediaId] ?? file.alt,
        ...(file.width && file.height ? { width: file.width, height: file.height } : {}),
      }
    })
  const options = override?.options && askedOf(override.options, { options: platform.options ?? [] })
  const step = (kind: StepIntent['kind'], text: string, mediaIds: readonly string[]): StepIntent => ({
    kind,
    text: tagLinks(text, merged.utm),
    media: files(mediaIds),
    ...(options ? { options } : {}),
    key: platform.newKey(now),
  })
  const first: StepIntent = {
    ...step('post', merged.text, merged.mediaIds),
    ...(merged.title ? { title: merged.title } : {}),
    ...(merged.poll ? { poll: merged.poll } : {}),
  }
  const card = merged.link
    ? {
        url: tagged(merged.link, merged.utm),
        page: merged.link,
        // Empty words were emptied by a person: the page does not fill them.
        ...(merged.linkTitle === undefined ? {} : { title: merged.linkTitle }),
        ...(merged.linkDescription === undefined ? {} : { description: merged.linkDescription }),
      }
    : undefined
  return [
    card ? { ...first, link: card } : first,
    ...merged.thread.map((part) => step('reply', part.text, part.mediaIds)),
    ...(merged.firstComment ? [step('comment', merged.firstComment, [])] : []),
  ]
}

function partOf(
  intent: StepIntent,
  uploads: Readonly<Record<string, unknown>>,
  above: { root: Published; parent: Published } | undefined,
  prepared: Prepared | undefined,
  card: Card | undefined,
): Part {
  const { kind, text, title, link, media, poll, options, key } = intent
  return {
    kind,
    text,
    ...(title ? { title } : {}),
    ...(link ? { link: linkOf(link, card) } : {}),
    media: media.map(({ mediaId, ...file }) => ({ ...file, ref: uploads[mediaId] })),
    ...(poll ? { poll } : {}),
    ...(options ? { options } : {}),
    ...(above ? { replyTo: above } : {}),
    key,
    ...(prepared ? { prepared: prepared.ref } : {}),
  }
}

/** What a person wrote for the card goes before what the page says. */
function linkOf({ url, title, description }: NonNullable<StepIntent['link']>, card: Card | undefined): PartLink {
  const said = { title: title ?? card?.title, description: description ?? card?.description }
  return {
    url,
    ...(said.title ? { title: said.title } : {}),
    ...(said.description ? { description: said.description } : {}),
    ...(card?.imageUrl ? { imageUrl: card.imageUrl } : {}),
    ...(card?.picture === undefined ? {} : { picture: card.picture }),
  }
}

/** A step's row as far as sending it needs. */
export type Sendable = {
  readonly id: string
  readonly position: number
  readonly kind: string
  readonly intent: unknown
  readonly uploads: unknown
  readonly state: string
  readonly sentAt: Date | null
  readonly externalId: string | null
  readonly url: string | null
  readonly ref: unknown
  readonly proof: unknown
}

/** A step whose row is yet to be written. */
export type PlannedStep = {
  readonly id: string
  readonly variantId: string
  readonly position: number
  readonly kind: StepIntent['kind']
  readonly intent: StepIntent
}

/** What its row will be. */
export const toSendable = ({ id, position, kind, intent }: PlannedStep): Sendable => ({
  id,
  position,
  kind,
  intent,
  uploads: {},
  state: 'pending',
  sentAt: null,
  externalId: null,
  url: null,
  ref: null,
  proof: null,
})

/** The network's handles on a step's files, as kept by media id. */
export const uploadsOf = (step: Pick<Sendable, 'uploads'>): Record<string, UploadedMedia> =>
  // The column is written by upload.ts and nowhere else.
  (step.uploads ?? {}) as Record<string, UploadedMedia>

/** Beside the files' handles stands what was readied for the whole part. Ids of media are never this short. */
export const preparedKey = 'prepared'
export const preparedOf = (step: Pick<Sendable, 'uploads'>): Prepared | undefined => uploadsOf(step)[preparedKey]

/** What the page of a step's link says of itself, and the network's handle on its picture. */
const Card = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  imageUrl: z.string().optional(),
  picture: z.unknown().optional(),
})
export type Card = z.infer<typeof Card>

/** There it stands, as the handles on files do. */
export const cardKey = 'card'
export const cardOf = (step: Pick<Sendable, 'uploads'>): Card | undefined =>
  Card.optional().parse(uploadsOf(step)[cardKey]?.ref)

/** What a step became at the network; undefined while it is not there. */
export const publishedOf = (step: Pick<Sendable, 'externalId' | 'url' | 'ref'>): Published | undefined =>
  step.externalId && step.url
    ? {
        externalId: step.externalId,
        url: step.url,
        ref: z.object({ ref: z.unknown().optional() }).nullable().parse(step.ref)?.ref,
      }
    : undefined

/** The exact request for a step: a thread goes on below its last part, a comment answers the post. */
export function requestFor(steps: readonly Sendable[], step: Sendable): Part {
  const above = steps.filter((s) => s.position < step.position).flatMap((s) => publishedOf(s) ?? [])
  const [root, last] = [above[0], above.at(-1)]
  const refs = Object.fromEntries(Object.entries(uploadsOf(step)).map(([mediaId, upload]) => [mediaId, upload.ref]))
  return partOf(
    StepIntent.parse(step.intent),
    refs,
    root && last ? { root, parent: step.kind === 'comment' ? root : last } : undefined,
    preparedOf(step),
    cardOf(step),
  )
}

/** Recognises a request: two attempts with the same hash asked for exactly the same. */
export const hashOf = (part: Part): string => sha256(JSON.stringify(part))
