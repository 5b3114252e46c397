import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesOf, must, streamOf } from '@/lib/media/desk.fixture'
import { findFfmpeg, openMedia, startWork, uploadMedia, workOnVideo } from '@/lib/media'
import { getPost } from '../lists/get'
import { publishNow } from '../times/schedule'
import { createPost } from '../write/create'
import { updatePost } from '../write/update'
import { publishVariant } from './publish'
import { reconcileVariant } from './reconcile'
import { startSending, until } from './sending.test-data'

let sending: Awaited<ReturnType<typeof startSending>>
beforeAll(async () => {
  sending = await startSending()
})
afterAll(() => sending.close())

const program = findFfmpeg() ?? ''
const args = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10:duration=2', '-c:v', 'libvpx']

async function webm(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'webm-'))
  const file = path.join(folder, 'film.webm')
  const made = spawnSync(program, [...args, file], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  const bytes = await readFile(file)
  await rm(folder, { recursive: true })
  return bytes
}

/** The bytes of what readers of a post see. */
async function shownAt(url: string): Promise<Buffer> {
  const [, src = ''] = /<video src="([^"]+)"/.exec(await (await fetch(url)).text()) ?? []
  return Buffer.from(await (await fetch(new URL(src, url))).arrayBuffer())
}

test('a WebM is refused in words where its network takes none, and goes out as the MP4 that was made of it', async ({
  skip,
}) => {
  skip(!program, 'There is no ffmpeg here.')
  const { owner, system, world, seen } = sending
  const text = 'How we roast'
  const film = must(await uploadMedia(owner, { name: 'film.webm', alt: '', body: streamOf(await webm(), 64_000) }))
  expect(film.mime).toBe('video/webm')
  const targets = [{ accountId: world.accounts.x }]
  const { postId } = must(await createPost(owner, { content: { text, mediaIds: [film.id] }, targets }))
  expect(await publishNow(owner, { postId })).toMatchObject({
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('X does not take WebM (film.webm)') },
  })
  expect(await seen(text)).toEqual([])

  const { workId } = must(await startWork(owner, { mediaId: film.id, task: { kind: 'convert', shorterMax: 1_080 } }))
  expect(must(await workOnVideo(system, { workId }))).toEqual({ state: 'done' })
  const { resultId } = await owner.db.mediaWork.findUniqueOrThrow({ where: { id: workId } })
  const mediaIds = [resultId ?? '']
  must(await updatePost(owner, { postId, content: { mediaIds } }))
  must(await publishNow(owner, { postId }))
  const [variant] = must(await getPost(owner, { postId })).variants
  const variantId = variant?.id ?? ''
  await until(async () => {
    must(await publishVariant(system, { variantId }))
    must(await reconcileVariant(system, { variantId }))
    return must(await getPost(owner, { postId })).state === 'published'
  })
  const [shown, ...others] = await seen(text)
  expect(others).toEqual([])
  const made = Buffer.from(await bytesOf(must(await openMedia(owner, { mediaId: mediaIds[0] ?? '' })).open()))
  expect(made.toString('latin1', 4, 8)).toBe('ftyp')
  expect((await shownAt(shown?.url ?? '')).equals(made)).toBe(true)
})
