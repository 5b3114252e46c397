import { type Call, type Reply, type Route, bytes, param } from '../core/call'
import type { World } from '../core/network'
import type { SampleFile } from '../core/sample-files'
import { fieldsOf } from './fields'
import { bad, done, noSuchMethod } from './problems'

/** Bots are given files of up to 20 MB (core.telegram.org/bots/api#getfile). */
const maxDownloadBytes = 20 * 1024 * 1024

const nameOf = (blob: string): string => `file-${blob}`

/** A file that somebody sent, as a message shows it. */
export function sentView(world: World, { kind, name, mime, bytes: content }: SampleFile): Record<string, unknown> {
  const blob = world.blobs.put(content)
  const file = { file_id: nameOf(blob), file_unique_id: blob.slice(0, 16), file_size: content.length }
  const named = { ...file, file_name: name, mime_type: mime }
  switch (kind) {
    case 'image':
      return { photo: [{ ...file, width: 240, height: 160 }] }
    case 'video':
      return { video: { ...named, width: 240, height: 160, duration: 1 } }
    case 'audio':
      return { audio: { ...named, duration: 1 } }
    case 'file':
      return { document: named }
  }
}

/** Where a file is to be had. */
export function getFile(world: World, call: Call): Reply {
  const id = String(fieldsOf(call).file_id ?? '')
  const blob = id.replace(/^file-/, '')
  const content = world.blobs.get(blob)
  if (!content) return bad('wrong file_id or the file is temporarily unavailable')
  if (content.length > maxDownloadBytes) return bad('file is too big')
  return done({
    file_id: id,
    file_unique_id: blob.slice(0, 16),
    file_size: content.length,
    file_path: `documents/${blob}`,
  })
}

/** The files themselves, below the token. Telegram calls all of them bytes. */
export const fileRoute = (world: World, isKnown: (call: Call) => boolean): Route => ({
  method: 'GET',
  path: '/file/bot:token/documents/:blob',
  operation: 'read',
  handle(call) {
    const content = world.blobs.get(param(call, 'blob'))
    return content && isKnown(call) ? bytes(content, 'application/octet-stream') : noSuchMethod()
  },
})
