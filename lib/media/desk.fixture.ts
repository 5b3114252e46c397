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

/** Three seconds of frames that nobody could play, in a container that is as it should be. */
export async function video(frameBytes = 2_000): Promise<Uint8Array> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat(), target })
  const source = new EncodedVideoPacketSource('vp9')
  output.addVideoTrack(source)
  await output.start()
  const meta = { decoderConfig: { codec: 'vp09.00.10.08', codedWidth: 320, codedHeight: 240 } }
  for (let at = 0; at < 3; at += 1) await source.add(new EncodedPacket(new Uint8Array(frameBytes), 'key', at, 1), meta)
  await output.finalize()
  return new Uint8Array(target.buffer ?? [])
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
