import { isForgotten } from '../core/forgotten'
import { type World, mediaById } from '../core/network'
import type { Account, Media } from '../core/state'

/** About a day, as clients met it. */
const keptMs = 24 * 3_600_000

/** What a page has brought, unless it was cleared out because nothing took it up. */
export function uploaded(world: World, page: Account, id: string): Media | undefined {
  const media = mediaById(world, id)
  return media?.ownerId === page.id && !isForgotten(world, media, keptMs) ? media : undefined
}

/** They are shown now, and stay. */
export function takeUp(world: World, page: Account, ids: readonly string[]): void {
  for (const id of ids) {
    const media = uploaded(world, page, id)
    if (media) media.used = true
  }
}
