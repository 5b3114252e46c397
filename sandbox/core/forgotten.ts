import { z } from 'zod'
import type { World } from './network'
import type { Media } from './state'

/** A container of Meta's has its post's id once it is published. */
const Container = z.object({ mediaId: z.string().optional() })

/** Whether a network has cleared out what no post has taken up for `keptMs`. */
export const isForgotten = (world: World, { at, used }: Media, keptMs: number): boolean =>
  !used && at !== undefined && world.now() - at > keptMs

/** Clears out what was prepared, before its time; on request also that of which a post was made. */
export function forget(world: World, { published }: { readonly published: boolean }): number {
  const before = world.state.media.length
  world.state.media = world.state.media.filter((media) => {
    const fact = `container:${media.id}`
    const container = Container.safeParse(JSON.parse(world.state.facts[fact] ?? 'null')).data
    const isUsed = media.used === true || container?.mediaId !== undefined
    const goes = (container !== undefined || media.at !== undefined) && (published || !isUsed)
    if (goes) delete world.state.facts[fact]
    return !goes
  })
  return before - world.state.media.length
}
