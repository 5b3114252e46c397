import { afterAll, beforeEach, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import { deleteManyMedia, deleteMedia } from './delete'
import { renameMedia } from './describe'
import { desk, must, picture, postShowing, streamOf } from './desk.fixture'
import { mediaDetails } from './details'
import { createFolder, deleteFolder, moveFolder, renameFolder } from './folders'
import { listMedia, mediaShelves } from './library'
import { moveMedia, tagMedia } from './sort'
import { whyKept } from './schema'
import { uploadMedia } from './upload'

let ctx: Ctx
let count = 1
beforeEach(async () => {
  ctx = await desk()
})
afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

/** A file unlike all others. */
const one = async (name = 'a.png', width = (count += 1)) =>
  must(await uploadMedia(ctx, { name, body: streamOf(await picture(width, 10).png().toBuffer()) })).id
const folder = async (name: string, parentId: string | null = null) =>
  must(await createFolder(ctx, { name, parentId })).folderId
const found = async (asked: Parameters<typeof listMedia>[1]) =>
  must(await listMedia(ctx, asked)).items.map(({ id }) => id)

test('folders are made, renamed, moved and, when empty, deleted', async () => {
  const [spring, teasers] = [await folder('Spring'), await folder('Teasers')]
  must(await moveFolder(ctx, { folderId: teasers, parentId: spring }))
  must(await renameFolder(ctx, { folderId: teasers, name: 'Short films' }))
  expect(must(await mediaShelves(ctx, {})).folders).toEqual([
    { id: teasers, name: 'Short films', parentId: spring, files: 0 },
    { id: spring, name: 'Spring', parentId: null, files: 0 },
  ])
  expect(await deleteFolder(ctx, { folderId: spring })).toMatchObject({
    error: { code: 'CONFLICT', message: '“Spring” is not empty: one thing lies in it. Move or delete it first.' },
  })
  must(await deleteFolder(ctx, { folderId: teasers }))
  must(await deleteFolder(ctx, { folderId: spring }))
  expect(must(await mediaShelves(ctx, {})).folders).toEqual([])
})

test('two folders of one name do not lie beside each other, at the top or deeper', async () => {
  const spring = await folder('Spring')
  await folder('Teasers', spring)
  const taken = { error: { code: 'ALREADY_EXISTS' } }
  expect(await createFolder(ctx, { name: 'Spring' })).toMatchObject(taken)
  expect(await createFolder(ctx, { name: 'Teasers', parentId: spring })).toMatchObject(taken)
  const other = await folder('Teasers')
  expect(await moveFolder(ctx, { folderId: other, parentId: spring })).toMatchObject(taken)
})

test('a folder never lies in itself, even when two people move at once, and not deeper than eight', async () => {
  const [a, b] = [await folder('a'), await folder('b')]
  const inner = await folder('inner', a)
  expect(await moveFolder(ctx, { folderId: a, parentId: inner })).toMatchObject({ error: { code: 'CONFLICT' } })
  const both = await Promise.all([
    moveFolder(ctx, { folderId: a, parentId: b }),
    moveFolder(ctx, { folderId: b, parentId: a }),
  ])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  let deepest: string | null = null
  for (let level = 1; level <= 8; level += 1) deepest = await folder(`level ${level}`, deepest)
  expect(await createFolder(ctx, { name: 'one too many', parentId: deepest })).toMatchObject({
    error: { code: 'CONFLICT', message: expect.stringContaining('8 deep') },
  })
})

test('files are moved and found by folder, kind, tag, use and words', async () => {
  const [red, green, blue] = [await one('red.png'), await one('green.png'), await one('blue.png')]
  const spring = await folder('Spring')
  must(await moveMedia(ctx, { mediaIds: [red, green], folderId: spring }))
  must(await tagMedia(ctx, { mediaIds: [green, blue], add: ['Launch', 'Q1'] }))
  must(await tagMedia(ctx, { mediaIds: [blue], remove: ['q1'] }))
  await postShowing(ctx, [red])
  expect(await found({ folder: spring })).toEqual([green, red])
  expect(await found({ folder: 'top' })).toEqual([blue])
  expect(await found({ tag: 'LAUNCH' })).toEqual([blue, green])
  expect(await found({ tag: 'q1', folder: spring })).toEqual([green])
  expect(await found({ unused: true })).toEqual([blue, green])
  expect(await found({ search: 'launch' })).toEqual([blue, green])
  expect(await found({ kind: 'video' })).toEqual([])
  expect(must(await mediaShelves(ctx, {}))).toMatchObject({
    folders: [{ name: 'Spring', files: 2 }],
    tags: [
      { tag: 'launch', files: 2 },
      { tag: 'q1', files: 1 },
    ],
  })
})

test('doubles stand side by side, also from page to page', async () => {
  const ids = [await one('a.png', 901), await one('b.png', 902), await one('c.png', 901), await one('d.png', 902)]
  const alone = await one()
  const all = await found({ duplicates: true })
  expect(all).toHaveLength(4)
  expect(all).not.toContain(alone)
  const places = [ids[0], ids[2]].map((id) => all.indexOf(id ?? ''))
  expect(Math.abs((places[0] ?? 0) - (places[1] ?? 0))).toBe(1)
  const first = must(await listMedia(ctx, { duplicates: true, take: 3 }))
  const rest = must(await listMedia(ctx, { duplicates: true, take: 3, cursor: first.next ?? '' }))
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all)
  expect(must(await mediaDetails(ctx, { mediaId: ids[0] ?? '' })).duplicates).toMatchObject([{ id: ids[2] }])
})

test('a file names the newest posts that show it, and says how many more there are', async () => {
  const mediaId = await one()
  for (let n = 0; n < 53; n += 1) await postShowing(ctx, [mediaId])
  const details = must(await mediaDetails(ctx, { mediaId }))
  expect(details.uses).toHaveLength(50)
  expect(details.moreUses).toBe(3)
})

test('many are deleted at once; those in use stay, and it is said why', async () => {
  const [used, free] = [await one(), await one()]
  const postId = await postShowing(ctx, [used])
  expect(must(await deleteManyMedia(ctx, { mediaIds: [used, free, free] }))).toEqual({
    done: [free],
    failed: [{ mediaId: used, message: whyKept(1) }],
  })
  expect(must(await mediaDetails(ctx, { mediaId: used }))).toMatchObject({
    card: { uses: 1 },
    uses: [{ postId, excerpt: 'Look at this', state: 'draft' }],
  })
  // What was published keeps its files' rows when it is deleted.
  await prisma.post.update({ where: { id: postId }, data: { deletedAt: new Date() } })
  expect(must(await mediaDetails(ctx, { mediaId: used }))).toMatchObject({ card: { uses: 0 }, uses: [] })
  expect(must(await deleteManyMedia(ctx, { mediaIds: [used] }))).toEqual({ done: [used], failed: [] })
})

test('a file never has more than 30 tags', async () => {
  const id = await one()
  must(await tagMedia(ctx, { mediaIds: [id], add: Array.from({ length: 29 }, (_, n) => `t${n}`) }))
  expect(must(await tagMedia(ctx, { mediaIds: [id, 'gone'], add: ['x', 'y'] }))).toMatchObject({
    done: [],
    failed: [{ mediaId: 'gone' }, { mediaId: id, message: expect.stringContaining('more than 30 tags') }],
  })
})

test('another workspace’s files and folders are neither seen nor moved nor deleted', async () => {
  const [file, place] = [await one(), await folder('Theirs')]
  ctx = await desk()
  const mine = await one()
  const absent = { error: { code: 'NOT_FOUND' } }
  expect(await moveMedia(ctx, { mediaIds: [mine], folderId: place })).toMatchObject(absent)
  expect(await createFolder(ctx, { name: 'x', parentId: place })).toMatchObject(absent)
  expect(await renameFolder(ctx, { folderId: place, name: 'x' })).toMatchObject(absent)
  expect(await deleteFolder(ctx, { folderId: place })).toMatchObject(absent)
  expect(await renameMedia(ctx, { mediaId: file, name: 'x' })).toMatchObject(absent)
  expect(await mediaDetails(ctx, { mediaId: file })).toMatchObject(absent)
  expect(must(await tagMedia(ctx, { mediaIds: [file], add: ['x'] }))).toMatchObject({ done: [], failed: [{}] })
  expect(must(await moveMedia(ctx, { mediaIds: [file], folderId: null })).done).toEqual([])
  expect(await found({})).toEqual([mine])
})

test('who may only look may not sort, and who may sort may not delete', async () => {
  const viewer = await desk('viewer')
  const editor = await desk('editor')
  const refused = { error: { code: 'FORBIDDEN' } }
  expect(await createFolder(viewer, { name: 'x' })).toMatchObject(refused)
  expect(await tagMedia(viewer, { mediaIds: ['x'], add: ['x'] })).toMatchObject(refused)
  expect(await createFolder(editor, { name: 'x' })).toMatchObject({ ok: true })
  expect(await deleteMedia(editor, { mediaId: 'x' })).toMatchObject(refused)
  expect(await deleteManyMedia(editor, { mediaIds: ['x'] })).toMatchObject(refused)
})
