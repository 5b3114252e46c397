import { ask, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import { StateReason } from '@/lib/posts/schema'
import type { Ctx } from '@/lib/workspace'
import { allFaults, faults, killsOf, postBoundaries, reportsPosts, type Cell } from './cells'
import { hearReports } from './hear-reports'
import { makeTortured, sendThrough, type Pace, type Road, type Told, type Written } from './run'
import type { Outcome } from './tally'
import { partsOf, postWriter, type Shape, type Writer } from './write-posts'

export type Report = { readonly outcomes: readonly Outcome[]; readonly deaths: number; readonly tookMs: number }
export type Asked = Pace & { readonly cells: readonly Cell[] }

/** The sweep takes up at once what nobody claimed by then: lib/posts/publish/sweeps.ts. */
const overdueMs = 10_000

/**
 * Sends a post for each case, with two workers of which one is killed where the case says, and compares what the product
 * says with what the sandbox counted.
 */
export async function torturePosts({ cells, ...how }: Asked): Promise<Report> {
  const started = Date.now()
  const kinds = [...new Set(cells.map(({ kind }) => kind))]
  const world = await makeTortured(kinds)
  const stopHearing = kinds.some((kind) => reportsPosts.includes(kind)) ? await hearReports(world) : undefined
  // Each file waits for its network's work on it in a look of its own.
  for (const network of Object.keys(world.sandbox.networks))
    await ask(world.sandbox, '/faults', { network, fault: 'slow_media', times: 1_000_000, param: 1_000 })
  const writer = await postWriter(world, kinds)
  const told = await sendThrough(world, cells, postRoad(writer), how)
  const outcomes = await judge(world, told)
  await stopHearing?.()
  await world.close()
  return { outcomes, deaths: told.deaths, tookMs: Date.now() - started }
}

/** Every shape in turn; a file that is slow is a film where the network takes one, since those are worked on longest. */
function shapeOf(writer: Writer, { kind, fault, boundary }: Cell): Shape {
  const shapes = writer.shapesOf(kind)
  if (fault === 'slow_media') return shapes.includes('film') ? 'film' : shapes.includes('picture') ? 'picture' : 'words'
  const usual = shapes.filter((shape) => shape !== 'film')
  const turn = allFaults.indexOf(fault) + postBoundaries.findIndex((one) => one === boundary)
  return usual[turn % usual.length] ?? 'words'
}

export function postRoad(writer: Writer): Road<Cell> {
  let serial = 0
  const one = (cell: Cell): Written & { readonly shape: Shape } => {
    const [id, shape] = [newId(), shapeOf(writer, cell)]
    const name = `${cell.kind} ${cell.fault} ${cell.boundary.replaceAll(/\W|_/g, ' ')} ${shape} ${(serial += 1)}`
    const words = faults[cell.fault] && ` ${faults[cell.fault]}`
    const parts = partsOf(shape)
    return {
      id,
      cell,
      shape,
      texts: parts === 1 ? [`${name}${words}`] : [name, `${name}, second part${words}`],
      kills: killsOf(cell, { whole: id, sent: `${id}-${parts - 1}` }),
    }
  }
  return {
    async write(cells, arm) {
      const made = cells.map(one)
      made.forEach(arm)
      const at = Date.now()
      await writer.write(
        made.map(({ id, cell, shape, texts }) => ({
          variantId: id,
          kind: cell.kind,
          shape,
          texts,
          dueAt: new Date(cell.boundary === 'publish.before_claim' ? at - overdueMs : at),
        })),
      )
      return made
    },
    unended: async ({ db }) => {
      const open = await db.variant.findMany({
        where: {
          OR: [
            { state: { notIn: ['published', 'refused', 'cancelled', 'needs_person'] } },
            { state: 'needs_person', reason: { path: ['kind'], equals: 'reconnect' } },
          ],
        },
        select: { id: true },
      })
      return open.map(({ id }) => id)
    },
    heldBy: async ({ db }, worker) => {
      const held = await db.variant.findMany({ where: { claimedBy: worker }, select: { id: true } })
      return held.map(({ id }) => id)
    },
  }
}

async function judge({ ctx, sandbox }: ConnectedWorld, told: Told<Cell>): Promise<readonly Outcome[]> {
  const seen = new Map<string, number>()
  for (const { text } of await ask<{ text: string }[]>(sandbox, '/effects')) seen.set(text, (seen.get(text) ?? 0) + 1)
  const fired = await firedFaults(sandbox)
  const ends = await endsOf(ctx)
  return told.written.map((one) => ({
    cell: one.cell,
    ...(ends.get(one.id) ?? { end: 'unfinished' }),
    seen: one.texts.map((text) => seen.get(text) ?? 0),
    met: told.met(one),
    fired: fired(one.cell.fault, one.texts.at(-1) ?? ''),
  }))
}

/** Whether the words of a fault were acted upon. @returns false also for what needs no words */
export async function firedFaults(
  sandbox: ConnectedWorld['sandbox'],
): Promise<(fault: Cell['fault'], text: string) => boolean> {
  const { fired } = await ask<{ fired: { fault: string; text: string }[] }>(sandbox, '/faults')
  const byFault = Map.groupBy(fired, ({ fault }) => fault)
  // Networks that name the person answered put the name before the words.
  return (fault, text) => byFault.get(fault)?.some((one) => one.text.endsWith(text)) ?? false
}

async function endsOf({ db }: Ctx): Promise<ReadonlyMap<string, Pick<Outcome, 'end' | 'why'>>> {
  const rows = await db.variant.findMany({ select: { id: true, state: true, reason: true } })
  return new Map(
    rows.map(({ id, state, reason }): readonly [string, Pick<Outcome, 'end' | 'why'>] => {
      if (state === 'published') return [id, { end: 'published' }]
      const why = StateReason.safeParse(reason).data?.kind
      if (state === 'needs_person') return [id, { end: why === 'unknown' ? 'unknown' : 'asked', why }]
      return [id, { end: state === 'refused' || state === 'cancelled' ? 'refused' : 'unfinished', why }]
    }),
  )
}
