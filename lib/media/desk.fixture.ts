import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny'
import sharp from 'sharp'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import type { Ctx, MemberRole } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'

/** A workspace of its own, and somebody in it. */
export async function desk(role: MemberRole = 'owner'): Promise<Ctx> {
  const id = newId()
  const workspace = await prisma.workspace.create({ data: { id, slug: id, name: 'w', timeZone: 'UTC' } })
  return makeCtx(workspace, { kind: 'member', id: newId(), userId: 'u', sessionId: 's', name: 'Ada' }, role)
}

/** Gives bytes a piece at a time, as a network does. */
export const streamOf = (bytes: Uint8Array, size = 1_000) =>
  new Blob([new Uint8Array(bytes)]).stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        for (let at = 0; at < chunk.length; at += size) out.enqueue(chunk.subarray(at, at + size))
      },
    }),
  )

export const bytesOf = async (stream: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(stream).arrayBuffer())

export const picture = (width = 600, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: '#c05' } })

/** As every network takes it. */
const framesASecond = 30
/** Of H.264, what a player must know before the first frame (ISO 14496-15), without the sets that say more. */
const avcConfig = new Uint8Array([1, 0x42, 0, 0x1f, 0xff, 0xe0, 0])

/** Three seconds of frames that nobody could play, in a container that is as it should be. `frameBytes` are of one second. */
export async function video(
  frameBytes = 2_000,
  { codec = 'avc', fps = framesASecond }: { readonly codec?: 'avc' | 'vp9'; readonly fps?: number } = {},
): Promise<Uint8Array> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat(), target })
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source)
  await output.start()
  const size = { codedWidth: 320, codedHeight: 240 }
  const decoderConfig =
    codec === 'avc' ? { codec: 'avc1.42001f', description: avcConfig, ...size } : { codec: 'vp09.00.10.08', ...size }
  for (let frame = 0; frame < 3 * fps; frame += 1)
    await source.add(new EncodedPacket(new Uint8Array(Math.ceil(frameBytes / fps)), 'key', frame / fps, 1 / fps), {
      decoderConfig,
    })
  await output.finalize()
  return new Uint8Array(target.buffer ?? [])
}

/** A PDF of empty pages with so many bytes of something else before them, and a table that says where its objects are. */
export function pdf(pages: number, { besidesBytes = 0, trailer = '' } = {}): Uint8Array {
  const kids = Array.from({ length: pages }, (_, at) => `${at + 3} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>'),
    `<< /Length ${besidesBytes} >>\nstream\n${'x'.repeat(besidesBytes)}\nendstream`,
  ]
  let text = '%PDF-1.7\n'
  const places = objects.toReversed().map((object, at) => {
    const place = text.length
    text += `${objects.length - at} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.toReversed().join('')}`
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text + table + end)
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** What a workspace has in a folder of the storage: `media`, or `uploads` for what has not been finished. */
export async function filesIn(folder: 'media' | 'uploads', { workspaceId }: Ctx): Promise<readonly string[]> {
  try {
    return await readdir(path.resolve(env().STORAGE_DIR, folder, workspaceId))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** A post that shows files. @returns its id. */
export async function postShowing({ workspaceId }: Ctx, mediaIds: readonly string[]): Promise<string> {
  const postId = newId()
  await prisma.post.create({
    data: { id: postId, workspaceId, authorId: 'a', content: {}, excerpt: 'Look at this', platforms: [] },
  })
  await prisma.postMedia.createMany({ data: mediaIds.map((mediaId) => ({ workspaceId, postId, mediaId })) })
  return postId
}
