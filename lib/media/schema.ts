import { z } from 'zod'
import { mediaKinds, type MediaKindName } from './accepted'
import { EditImage, Task } from './edits'

export { acceptedTypes, mediaKinds, typeLabel, typeLabels, type AcceptedType, type MediaKindName } from './accepted'
export { planPicture, whyNotDocument } from './fit-rules'
export { filmOver, framesOver, pixelLimits, pixelsOver } from './pixels'
export { codecLabel, encodedOtherwise } from './encoding'
export { changesOf, Task, turned, type ImageEdit, type MediaTask } from './edits'

const id = z.string().min(1).max(64)
const alt = z.string().trim().max(2_000)
const name = z.string().trim().min(1, 'give it a name').max(255)
/** Tags are one line, and the same in any case. */
const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s,]([^,\n]{0,38}[^\s,])?$/, 'a tag has 1 to 40 characters and no comma')
const tags = z
  .array(tag)
  .max(30, 'a file has 30 tags at most')
  .transform((all) => [...new Set(all)].toSorted())
const some = z.array(id).min(1, 'choose at least one file').max(200, 'choose 200 files at most')
/** From an action or from an address. */
const flag = z.union([z.boolean(), z.stringbool()]).default(false)
const part = z.number().min(0).max(1)

export const UploadMedia = z.object({
  name,
  /** As the sender announced it. What comes is counted all the same. */
  declaredBytes: z.number().int().nonnegative().optional(),
  alt: alt.default(''),
  /** Keeps it although the library has the same file; otherwise that one is the answer. */
  evenIfKnown: z.boolean().default(true),
  body: z.custom<ReadableStream<Uint8Array>>((value) => value instanceof ReadableStream, 'send the file as the body'),
})
export const BeginUpload = z.object({
  name,
  sizeBytes: z.number().int().positive('the file is empty'),
  fingerprint: z.string().max(500).default(''),
})
export const OneUpload = z.object({ uploadId: id })
export const ReceivePiece = OneUpload.extend({
  offset: z.number().int().nonnegative(),
  /** How many bytes the sender says that there are. */
  declaredBytes: UploadMedia.shape.declaredBytes,
  body: UploadMedia.shape.body,
})
export const FinishUpload = OneUpload.extend({
  alt: alt.default(''),
  folderId: id.nullable().default(null),
  tags: tags.default([]),
  /** Keeps it although the library has the same file. */
  evenIfKnown: z.boolean().default(false),
})

/** `top` are the files that lie in no folder. */
export const ListMedia = z.object({
  kind: z.enum(mediaKinds).optional(),
  folder: id.optional(),
  tag: tag.optional(),
  unused: flag,
  /** Files that are there more than once, side by side. */
  duplicates: flag,
  search: z.string().trim().max(200).optional(),
  cursor: id.optional(),
  take: z.coerce.number().int().min(1).max(100).default(40),
})
export const DescribeMedia = z.object({ mediaId: id, alt })
export const OneMedia = z.object({ mediaId: id })
export const RenameMedia = z.object({ mediaId: id, name })
export const SetFocus = z.object({ mediaId: id, focus: z.object({ x: part, y: part }).nullable() })
export const TagMedia = z.object({ mediaIds: some, add: tags.default([]), remove: tags.default([]) })
export const MoveMedia = z.object({ mediaIds: some, folderId: id.nullable() })
export const DeleteMany = z.object({ mediaIds: some })

export const FolderName = z.object({ name: z.string().trim().min(1, 'give it a name').max(80) })
export const CreateFolder = FolderName.extend({ parentId: id.nullable().default(null) })
export const OneFolder = z.object({ folderId: id })
export const RenameFolder = OneFolder.extend(FolderName.shape)
export const MoveFolder = OneFolder.extend({ parentId: id.nullable() })

export const EditMedia = z.object({ mediaId: id, edit: EditImage })
export const FitMedia = z.object({
  mediaId: id,
  platform: z.string().max(40),
  /** Whose own limits count; the network's usual ones when absent. */
  accountId: id.optional(),
  /** What the post is there: a story, a reel. */
  format: z.string().max(40).optional(),
})
export type FitFor = Omit<z.output<typeof FitMedia>, 'mediaId'>
export const StartWork = z.object({ mediaId: id, task: Task })

export type MediaCard = {
  readonly id: string
  readonly name: string
  readonly kind: MediaKindName
  readonly mime: string
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
  /** How a video is encoded, and how many frames it has in a second; null where it does not say, or was not asked. */
  readonly codec: string | null
  readonly soundCodec: string | null
  readonly fps: number | null
  /** Of a PDF that could be read. */
  readonly pages: number | null
  /** Of a GIF; null where nobody counted them. */
  readonly frames: number | null
  readonly alt: string
  /** What `?thumb=` asks for: another, once there is another small picture of it. Null while there is none. */
  readonly thumb: string | null
  readonly folderId: string | null
  readonly tags: readonly string[]
  /** How many posts show it. */
  readonly uses: number
  /** The file it was made from. */
  readonly originalId: string | null
  /** ISO instant. */
  readonly createdAt: string
}
export type MediaPage = { readonly items: readonly MediaCard[]; readonly next: string | null }

/** A folder, with all that lies directly in it counted. */
export type FolderCard = {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly files: number
}
/** What the library can be sorted out by. */
export type MediaShelves = {
  readonly folders: readonly FolderCard[]
  readonly tags: readonly { readonly tag: string; readonly files: number }[]
}

export type MediaUse = {
  readonly postId: string
  readonly excerpt: string
  readonly state: string
  /** ISO instant. */
  readonly at: string | null
}
export type WorkCard = {
  readonly id: string
  readonly task: z.output<typeof Task>
  readonly state: 'waiting' | 'working' | 'done' | 'failed'
  /** 0 to 100 */
  readonly percent: number
  readonly problem: string | null
  readonly resultId: string | null
}
export type MediaDetails = {
  readonly card: MediaCard
  readonly sha256: string
  readonly uploadedBy: string
  readonly focus: { readonly x: number; readonly y: number } | null
  readonly changes: readonly string[]
  readonly original: MediaCard | null
  readonly derived: readonly MediaCard[]
  /** Other files with the same content. */
  readonly duplicates: readonly MediaCard[]
  /** Those that can be opened; `card.uses` counts those too that a network is still asked to delete. */
  readonly uses: readonly MediaUse[]
  /** How many posts show it beyond those in `uses`. */
  readonly moreUses: number
  readonly works: readonly WorkCard[]
  /** Whether a video can be trimmed and converted on this machine. */
  readonly canConvert: boolean
}

/** An upload as it stands: still coming, or here. */
export type UploadCard = {
  readonly id: string
  readonly name: string
  readonly fingerprint: string
  readonly sizeBytes: number
  readonly receivedBytes: number
  /** ISO instant. */
  readonly createdAt: string
}
/** `known`: the library has this very file; nothing was added yet. */
export type FinishedUpload =
  | { readonly outcome: 'kept'; readonly media: MediaCard }
  | { readonly outcome: 'known'; readonly media: MediaCard }

/** What came of changing several files at once. */
export type BulkMedia = {
  readonly done: readonly string[]
  readonly failed: readonly { readonly mediaId: string; readonly message: string }[]
}

/** How a file stands with a network: as it is, after the changes named, or not at all. */
export type NetworkFit = {
  readonly platform: string
  /** Given where an account has limits of its own: those of its server. */
  readonly accountId?: string
  /** Given where it stands for something else than the usual post there: a story. */
  readonly format?: string
  readonly label: string
} & (
  | { readonly fit: 'as_it_is' }
  | { readonly fit: 'after_changes'; readonly changes: readonly string[] }
  | { readonly fit: 'never'; readonly reason: string }
)

/** Names the small picture that stands under a key, which ends in `.<name>.thumb.webp`: see `MediaCard`. */
export const thumbOf = (thumbKey: string | null): string | null => thumbKey?.split('.').at(-3) ?? null

/** Why a file that posts show cannot be deleted, and what to do. */
export const whyKept = (uses: number): string =>
  uses === 1
    ? 'A post shows this file. Take it out of that post first; a post that was published has to be deleted, and gone from its network where you asked for that.'
    : `${uses} posts show this file. Take it out of them first; those that were published have to be deleted, and gone from their networks where you asked for that.`

/** Where a browser gets a file; with the `thumb` of its card, a picture of at most 480 px. `workspace` is a slug. */
export const mediaUrl = (workspace: string, mediaId: string, thumb?: string | null): string =>
  `/api/media/${encodeURIComponent(mediaId)}?${new URLSearchParams({ workspace, ...(thumb ? { thumb } : {}) })}`

/** Where a browser sees what a file would become for a network, before it is made. */
export const fitPreviewUrl = (workspace: string, mediaId: string, { platform, accountId, format }: FitFor): string =>
  `/api/media/${encodeURIComponent(mediaId)}/fit?${new URLSearchParams({
    workspace,
    platform,
    ...(accountId ? { account: accountId } : {}),
    ...(format ? { format } : {}),
  })}`
