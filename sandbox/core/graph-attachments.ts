import { z } from 'zod'
import { type Call, type Reply, json } from './call'
import { badParameter, graphProblem, newId, paramsOf, unfolded } from './graph'
import { fetched } from './graph-containers'
import { fileNamesIn } from './multipart'
import { type World, mediaById } from './network'
import { sniff } from './sniff'
import type { Account, Attachment, Media } from './state'

type Type = 'image' | 'video' | 'file'
/** A file may be anything; Instagram has pictures and films alone. */
const isOf = (object: 'page' | 'instagram', type: Type, mime: string): boolean =>
  type === 'file' ? object === 'page' : mime.startsWith(`${type}/`)
const kindOf = (type: Type): Media['kind'] => (type === 'file' ? 'document' : type)

/** A file that a message names. */
type Named = {
  readonly type: Type
  readonly payload: { readonly attachment_id: string } | { readonly url: string }
}
const MiB = 1024 ** 2
const mostBytes = (object: 'page' | 'instagram', type: string) =>
  (object === 'instagram' && type === 'image' ? 8 : 25) * MiB

/** What a message names: a file that the page brought, or one that is fetched. */
export async function fileNamed(
  world: World,
  me: Account,
  object: 'page' | 'instagram',
  { type, payload }: Named,
): Promise<Attachment | Reply> {
  if ('attachment_id' in payload) {
    const kept = mediaById(world, payload.attachment_id)
    if (object !== 'page' || kept?.ownerId !== me.id || kept.kind !== kindOf(type))
      return graphProblem({ code: 100, subcode: 2018074, message: '(#100) Invalid attachment id' })
    return { blob: kept.blob ?? '', mime: kept.mime, alt: kept.alt }
  }
  const bytes = await fetched(payload.url)
  const mime = bytes ? await sniff(bytes) : ''
  if (!bytes || !isOf(object, type, mime) || bytes.length > mostBytes(object, type))
    return graphProblem({ code: 100, subcode: 2018047, message: '(#100) Upload attachment failure.' })
  return { blob: world.blobs.put(bytes), mime, alt: '' }
}

const Kept = z.object({
  message: z.preprocess(
    unfolded,
    z.object({ attachment: z.object({ type: z.enum(['image', 'video', 'file']), payload: z.object({}).optional() }) }),
  ),
})

/** Keeps a file for messages to name. */
export async function keepAttachment(world: World, call: Call, me: Account): Promise<Reply> {
  const params = paramsOf(call)
  const wish = Kept.safeParse(params)
  if (!wish.success) return badParameter(z.prettifyError(wish.error))
  const { filedata: bytes } = params
  const { type } = wish.data.message.attachment
  const mime = Buffer.isBuffer(bytes) ? await sniff(bytes) : ''
  if (!Buffer.isBuffer(bytes) || !isOf('page', type, mime) || bytes.length > mostBytes('page', type))
    return graphProblem({ code: 100, subcode: 2018047, message: '(#100) Upload attachment failure.' })
  const id = newId(world, '18')
  world.state.media.push({
    id,
    ownerId: me.id,
    kind: kindOf(type),
    mime,
    totalBytes: bytes.length,
    blob: world.blobs.put(bytes),
    // Of a file, its reader sees the name.
    alt: type === 'file' ? (fileNamesIn(call).filedata ?? '') : '',
    parts: {},
    readyAt: world.now(),
    secret: '',
  })
  return json(200, { attachment_id: id })
}
