import type { Running } from './admin'
import { accountById } from './network'

/** Something that came to be visible to readers. Stays counted when it is deleted later. */
export type Effect = {
  readonly network: string
  readonly account: string
  readonly accountId: string
  readonly id: string
  readonly kind: 'post' | 'reply' | 'comment'
  readonly text: string
  readonly key?: string
  readonly parent?: string
  readonly mediaCount: number
  readonly at: string
  readonly deleted: boolean
  /** By readers who did it, besides those that come by themselves. */
  readonly likes: number
  readonly shares: number
  readonly url: string
}

/** In the order in which they happened, per network. */
export function effects(running: readonly Running[], filter: { network?: string; account?: string }): Effect[] {
  const found: Effect[] = []
  for (const { network, open, world } of running) {
    if (filter.network !== undefined && filter.network !== network.name) continue
    for (const post of world.posts.all) {
      const handle = accountById(world, post.accountId)?.handle ?? post.accountId
      if (filter.account !== undefined && filter.account !== handle && filter.account !== post.accountId) continue
      found.push({
        network: network.name,
        account: handle,
        accountId: post.accountId,
        id: post.id,
        kind: post.kind,
        text: post.text,
        ...(post.key === undefined ? {} : { key: post.key }),
        ...(post.parentId === undefined ? {} : { parent: post.parentId }),
        mediaCount: post.media.length,
        at: new Date(post.createdAt).toISOString(),
        deleted: post.deletedAt !== undefined,
        likes: post.given?.likes?.length ?? 0,
        shares: post.given?.shares?.length ?? 0,
        url: world.url() + open.permalinkPath(post),
      })
    }
  }
  return found
}

/** Same account, same text, same parent, more than once. */
export function duplicates(
  running: readonly Running[],
  filter: { network?: string; account?: string },
): { count: number; duplicates: Effect[][] } {
  const groups = Map.groupBy(effects(running, filter), (e) =>
    JSON.stringify([e.network, e.accountId, e.parent, e.text]),
  )
  const twice = [...groups.values()].filter((g) => g.length > 1)
  return { count: twice.length, duplicates: twice }
}
