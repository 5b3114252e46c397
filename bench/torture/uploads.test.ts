import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { uploadMedia } from '@/lib/media'
import { streamOf, video } from '@/lib/media/desk.fixture'
import type { OptionValues } from '@/lib/platforms'
import type { Cell } from './cells'
import { postRoad } from './posts'
import { sendThrough, type Told } from './run'
import { postWriter } from './write-posts'

let world: ConnectedWorld
beforeEach(async () => {
  world = await makeWorld([...new Set(cells.map(({ kind }) => kind))])
})
afterEach(() => world.close())
afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

type Film = Cell & {
  readonly options?: OptionValues
  /** After which answer about its file a worker is killed. The second is that of the first stretch; the one before opened the upload. */
  readonly nth?: number
}

/**
 * Those that take a film ahead of its post (Reddit's in one request, and then its poster), those that are brought pieces of
 * it in steps, and those that make the post of its last bytes.
 */
const cells: readonly Film[] = [
  { kind: 'x' },
  { kind: 'linkedin page' },
  { kind: 'youtube' },
  { kind: 'facebook' },
  { kind: 'facebook', options: { format: 'reel' } },
  { kind: 'tiktok' },
  { kind: 'reddit', nth: 1 },
].map((one) => ({ fault: 'none', boundary: 'publish.between_stretches', ...one }))

const frameBytes = 7 * 1024 * 1024
/** What Facebook asks for at a time, in the sandbox. */
const pieceBytes = 4 * 1024 * 1024
/** What is said besides a film: the post, its sign-in, the forms that stretches come in. */
const besidesBytes = 64 * 1024

/** Sends a film for each, with a worker killed where `killOf` says. @returns the film's size, and what each network got. */
async function sendFilms(killOf: (cell: Film, id: string) => string) {
  const body = await video(frameBytes)
  const name = 'film.mp4'
  const film = must(await uploadMedia(world.ctx, { name, alt: 'Nothing to see', body: streamOf(body, 64 * 1024) })).id
  const writer = await postWriter(
    world,
    cells.map(({ kind }) => kind),
  )
  const received = () => ask<Record<string, number>>(world.sandbox, '/received')
  const before = await received()
  const told = await sendThrough(
    world,
    cells,
    {
      ...postRoad(writer),
      async write(asked, arm) {
        const made = asked.map((cell) => {
          const id = newId()
          return { id, cell, texts: [`Cut off on ${cell.kind}, ${id}`], kills: [killOf(cell, id)] }
        })
        made.forEach(arm)
        const dueAt = new Date()
        await writer.write(
          made.map(({ id, cell: { kind, options = {} }, texts }) => ({
            variantId: id,
            kind,
            shape: 'film',
            texts,
            dueAt,
            film,
            options,
          })),
        )
        return made
      },
    },
    {},
  )
  const after = await received()
  return {
    told,
    filmBytes: body.byteLength,
    got: (network: string) => (after[network] ?? 0) - (before[network] ?? 0),
  }
}

async function expectEachOnce({ deaths, written, met }: Told<Film>): Promise<void> {
  expect(deaths).toBeGreaterThan(0)
  expect(written.map((one) => [one.cell.kind, met(one)])).toEqual(written.map(({ cell }) => [cell.kind, true]))
  const effects = await ask<{ text: string; mediaCount: number }[]>(world.sandbox, '/effects')
  const shown = written.map(({ cell, texts: [text = ''] }) => [
    cell.kind,
    effects.filter((one) => one.text === text).map(({ mediaCount }) => mediaCount),
  ])
  expect(shown).toEqual(written.map(({ cell }) => [cell.kind, [1]]))
}

test('a film goes on where it was after its worker was killed between two stretches, and its post is out once', async () => {
  const { told, filmBytes, got } = await sendFilms(({ nth = 2 }, id) => `publish.between_stretches@${id}-0-${nth}`)
  await expectEachOnce(told)
  for (const network of new Set(cells.map(({ kind }) => kind.split(' ')[0] ?? ''))) {
    const films = cells.filter(({ kind }) => kind.startsWith(network)).length
    const bytes = got(network)
    const [least, most] = [films * filmBytes, films * (filmBytes + besidesBytes)]
    expect([network, bytes >= least, bytes < most]).toEqual([network, true, true])
  }
}, 300_000)

test('a film whose worker was killed in the middle of a request goes on, or begins again, and its post is out once', async () => {
  const { told, filmBytes, got } = await sendFilms((_, id) => `publish.within_file@${id}-0`)
  await expectEachOnce(told)
  // A reel goes in one request, and Facebook keeps what it has of it: the rest is what is sent. A piece begins again.
  const films = cells.filter(({ kind }) => kind === 'facebook').length
  expect(got('facebook')).toBeLessThan(films * (filmBytes + besidesBytes) + pieceBytes)
}, 300_000)
