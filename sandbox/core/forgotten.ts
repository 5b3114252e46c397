import type { World } from './network'
import type { Media } from './state'

/** Whether a network has cleared out what no post has taken up for `keptMs`. */
export const isForgotten = (world: World, { at, used }: Media, keptMs: number): boolean =>
  !used && at !== undefined && world.now() - at > keptMs
