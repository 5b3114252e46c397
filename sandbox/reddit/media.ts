import { type Call, type Reply, type Route, formBody, json } from '../core/call'
import { multipartBody } from '../core/multipart'
import { type World, mediaById, readyAt } from '../core/network'
import { sniff } from '../core/sniff'
import { secret } from '../core/tokens'
import { caller } from './caller'
import { forbidden } from './problems'

const mimes = /^(image\/(jpeg|png|gif)|video\/(mp4|quicktime))$/
const usualMs = { image: 1_000, video: 4_000 }

/** A place in the store, with the fields that the store wants to see. */
function lease(world: World, call: Call): Reply {
  const who = caller(world, call, 'submit')
  if ('refusal' in who) return who.refusal
  const { mimetype = '' } = formBody(call)
  if (!mimes.test(mimetype))
    return json(400, { message: 'Bad Request', error: 400, explanation: 'unsupported mimetype' })
  const id = `a${world.serial().toString(36)}${secret()
    .replace(/[^a-z0-9]/gi, '')
    .slice(0, 8)}`
  world.state.media.push({
    id,
    ownerId: who.account.id,
    kind: mimetype.startsWith('video/') ? 'video' : 'image',
    mime: mimetype,
    totalBytes: 0,
    alt: '',
    parts: {},
    secret: secret(),
  })
  return json(200, {
    args: {
      action: `${world.url().replace(/^http:/, '')}/store`,
      fields: [
        { name: 'key', value: id },
        { name: 'x-amz-signature', value: mediaById(world, id)?.secret ?? '' },
      ],
    },
    asset: { asset_id: id, processing_state: 'incomplete', payload: { filepath: 'file' }, websocket_url: '' },
  })
}

const xml = (status: number, body: string): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
})

/** Not Reddit: a store that believes signed fields and answers in XML. */
async function store(world: World, call: Call): Promise<Reply> {
  const fields = multipartBody(call)
  const { key, file } = fields ?? {}
  const media = typeof key === 'string' ? mediaById(world, key) : undefined
  if (!media || fields?.['x-amz-signature'] !== media.secret)
    return xml(403, '<Error><Code>AccessDenied</Code></Error>')
  if (Object.keys(fields).at(-1) !== 'file' || !Buffer.isBuffer(file))
    return xml(400, '<Error><Code>InvalidArgument</Code></Error>')
  if ((await sniff(file)) !== media.mime) return xml(400, '<Error><Code>BadDigest</Code></Error>')
  media.blob = world.blobs.put(file)
  media.readyAt = readyAt(world, call, usualMs[media.kind === 'video' ? 'video' : 'image'])
  return xml(
    201,
    `<PostResponse><Location>${world.url()}/store/${media.id}</Location><Key>${media.id}</Key></PostResponse>`,
  )
}

export function mediaRoutes(world: World): readonly Route[] {
  return [
    { method: 'POST', path: '/api/media/asset.json', operation: 'upload', handle: (call) => lease(world, call) },
    {
      method: 'POST',
      path: '/store',
      operation: 'upload',
      // The store is shown no token.
      handle: (call) => (call.headers.authorization === undefined ? store(world, call) : forbidden()),
    },
  ]
}
