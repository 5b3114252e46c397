import { z } from 'zod'
import type { World } from './network'
import type { Media } from './state'

const lifeMs = 24 * 3_600_000
const fetchWithinMs = 10_000

export type Status = 'EXPIRED' | 'ERROR' | 'FINISHED' | 'IN_PROGRESS' | 'PUBLISHED'

/** What a container knows beside its file. `mediaId` once it is published. */
export type Container<W, F> = {
  readonly wish: W
  readonly createdAt: number
  readonly failure?: F
  readonly mediaId?: string
}

/** The containers of one network: what was wished for, and what became of it. */
export function containersOf<W, F>() {
  const Kept = z.custom<Container<W, F>>((value) => typeof value === 'object' && value !== null)
  return {
    get(world: World, id: string): Container<W, F> | undefined {
      const kept = world.state.facts[`container:${id}`]
      // Written by `keep` alone.
      return kept === undefined ? undefined : Kept.parse(JSON.parse(kept))
    },
    keep: (world: World, id: string, container: Container<W, F>): void =>
      void (world.state.facts[`container:${id}`] = JSON.stringify(container)),
  }
}

export function statusOf(world: World, media: Media, q: Container<unknown, unknown>): Status {
  if (q.mediaId !== undefined) return 'PUBLISHED'
  if (world.now() - q.createdAt > lifeMs) return 'EXPIRED'
  if ((media.readyAt ?? Infinity) > world.now()) return 'IN_PROGRESS'
  return q.failure === undefined ? 'FINISHED' : 'ERROR'
}

/** Meta fetches files itself. */
export async function fetched(url: string): Promise<Buffer | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(fetchWithinMs) })
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}
