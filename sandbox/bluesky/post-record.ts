import { z } from 'zod'

const Blob = z.object({ ref: z.object({ $link: z.string() }), mimeType: z.string(), size: z.number() })
const Image = z.object({
  alt: z.string(),
  image: Blob,
  aspectRatio: z.object({ width: z.number(), height: z.number() }).optional(),
})
const Images = z.object({ $type: z.literal('app.bsky.embed.images'), images: z.array(Image) })
const Video = z.object({
  $type: z.literal('app.bsky.embed.video'),
  video: Blob,
  alt: z.string().optional(),
  aspectRatio: z.object({ width: z.number(), height: z.number() }).optional(),
})
export type External = z.infer<typeof External>['external']
const External = z.object({
  $type: z.literal('app.bsky.embed.external'),
  external: z.object({ uri: z.string(), title: z.string(), description: z.string(), thumb: Blob.optional() }),
})
const Ref = z.object({ uri: z.string(), cid: z.string() })

/** The parts of a post's record that the sandbox shows; the lexicon has judged the record before. */
export const PostRecord = z.object({
  text: z.string(),
  createdAt: z.string(),
  facets: z.unknown().optional(),
  embed: z.union([Images, Video, External, z.looseObject({ $type: z.string() })]).optional(),
  reply: z.object({ root: Ref, parent: Ref }).optional(),
})
export type PostRecord = z.infer<typeof PostRecord>

/** Beside a post that is quoted, the files have a place of their own. */
const WithMedia = z.object({ $type: z.literal('app.bsky.embed.recordWithMedia'), media: z.unknown() })
const filesIn = ({ embed }: PostRecord): unknown => WithMedia.safeParse(embed).data?.media ?? embed

export function imagesOf(record: PostRecord) {
  const images = Images.safeParse(filesIn(record))
  return images.success ? images.data.images : []
}

export function videoOf(record: PostRecord) {
  return Video.safeParse(filesIn(record)).data
}

export function externalOf(record: PostRecord) {
  return External.safeParse(record.embed).data?.external
}
