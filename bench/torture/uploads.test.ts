import { afterAll, expect, test } from 'vitest'
import { ask, makeWorld, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { uploadMedia } from '@/lib/media'
import { streamOf, video } from '@/lib/media/desk.fixture'
import type { Cell } from './cells'
import { postRoad } from './posts'
import { sendThrough } from './run'
import { postWriter } from './write-posts'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

/** Those that take a film ahead of its post, and one that makes the post of its last bytes. */
const kinds = ['x', 'linkedin page', 'youtube'] as const
const frameBytes = 7 * 1024 * 1024
/** What is said besides the film: the post, its sign-in, the forms that stretches come in. */
const besidesBytes = 64 * 1024

test('a film goes on where it was after its worker was killed in the middle, and its post is out once', async () => {
  const world = await makeWorld(kinds)
  const body = await video(frameBytes)
  const name = 'film.mp4'
  const film = must(await uploadMedia(world.ctx, { name, alt: 'Nothing to see', body: streamOf(body, 64 * 1024) })).id
  const writer = await postWriter(world, kinds)
  const received = () => ask<Record<string, number>>(world.sandbox, '/received')
  const before = await received()
  const cells = kinds.map((kind): Cell => ({ kind, fault: 'none', boundary: 'publish.between_stretches' }))
  const told = await sendThrough(
    world,
    cells,
    {
      ...postRoad(writer),
      async write(asked, arm) {
        const made = asked.map((cell) => {
          const id = newId()
          // The second answer is that of the first stretch; the one before opened the upload.
          return { id, cell, texts: [`Cut off on ${cell.kind}, ${id}`], kills: [`${cell.boundary}@${id}-0-2`] }
        })
        made.forEach(arm)
        const dueAt = new Date()
        await writer.write(
          made.map(({ id, cell: { kind }, texts }) => ({ variantId: id, kind, shape: 'film', texts, dueAt, film })),
        )
        return made
      },
    },
    {},
  )
  expect(told.deaths).toBeGreaterThan(0)
  expect(told.written.map((one) => [one.cell.kind, told.met(one)])).toEqual(kinds.map((kind) => [kind, true]))
  const effects = await ask<{ text: string; mediaCount: number }[]>(world.sandbox, '/effects')
  const shown = ({ texts: [text = ''] }: (typeof told.written)[number]) => effects.filter((one) => one.text === text)
  expect(told.written.map((one) => shown(one).map(({ mediaCount }) => mediaCount))).toEqual(kinds.map(() => [1]))
  const after = await received()
  for (const kind of kinds) {
    const [network = ''] = kind.split(' ')
    const bytes = (after[network] ?? 0) - (before[network] ?? 0)
    expect([network, bytes >= body.byteLength, bytes < body.byteLength + besidesBytes]).toEqual([network, true, true])
  }
  await world.close()
}, 300_000)
