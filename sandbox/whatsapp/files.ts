import { type Call, type Reply, type Route, bytes, empty, json, param } from '../core/call'
import { callerOf } from '../core/graph'
import type { World } from '../core/network'
import type { SampleFile } from '../core/sample-files'
import { sniff } from '../core/sniff'

/** Names of files are numbers here, made from what is in them. */
const nameOf = (blob: string): string => String(BigInt(`0x${blob.slice(0, 12)}`))

/** A file that somebody sent, as a message shows it. */
export function sentView(world: World, { kind, name, mime, bytes: content }: SampleFile, caption: string) {
  const blob = world.blobs.put(content)
  const id = nameOf(blob)
  world.state.facts[`media:${id}`] = blob
  const type = kind === 'file' ? 'document' : kind
  const about = { id, mime_type: mime, sha256: Buffer.from(blob, 'hex').toString('base64') }
  return {
    type,
    [type]: {
      ...about,
      ...(kind === 'audio' ? { voice: false } : caption ? { caption } : {}),
      ...(kind === 'file' ? { filename: name } : {}),
    },
  }
}

/** Where a file is, for five minutes; undefined when there is no such file. */
function placeOf(world: World, id: string): Record<string, unknown> | undefined {
  const blob = world.state.facts[`media:${id}`]
  const content = blob === undefined ? undefined : world.blobs.get(blob)
  if (blob === undefined || !content) return undefined
  return {
    messaging_product: 'whatsapp',
    url: `${world.url()}/whatsapp_business/attachments/?mid=${id}&ext=${Math.floor(world.now() / 1000) + 300}`,
    mime_type: 'application/octet-stream',
    sha256: blob,
    file_size: String(content.length),
    id,
  }
}

/** The files themselves, for whoever shows the token, as long as the address holds. */
export const fileRoute = (world: World): Route => ({
  method: 'GET',
  path: '/whatsapp_business/attachments',
  operation: 'read',
  async handle(call: Call): Promise<Reply> {
    const caller = callerOf(world, call)
    if ('refusal' in caller) return caller.refusal
    if (Number(call.query.get('ext')) * 1000 < world.now()) return empty(404)
    const blob = world.state.facts[`media:${call.query.get('mid') ?? ''}`]
    const content = blob === undefined ? undefined : world.blobs.get(blob)
    return content ? bytes(content, await sniff(content)) : empty(404)
  },
})

/** What a number in the path names, when it is a file. */
export function media(world: World, call: Call): Reply | undefined {
  const found = placeOf(world, param(call, 'number'))
  return found && json(200, found)
}
