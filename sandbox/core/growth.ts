import { createHash } from 'node:crypto'
import type { Spoken, World } from './network'
import type { Account, Deed, Post } from './state'

export type Growth = {
  readonly impressions: number
  readonly likes: number
  readonly shares: number
  readonly quotes: number
  readonly saves: number
  readonly clicks: number
}

/** A reader does something to a post. To do it again changes nothing. */
export function give(post: Post, deed: Deed, by: string): void {
  const givers = ((post.given ??= {})[deed] ??= [])
  if (!givers.includes(by)) givers.push(by)
}

/** A like or a share that is a figure alone, where the network tells nobody whose it is. */
export function counted({ kind, on }: Pick<Spoken, 'kind' | 'on'>, by: Account): { readonly id: string } | undefined {
  if (!on || (kind !== 'like' && kind !== 'share')) return undefined
  give(on, kind === 'like' ? 'likes' : 'shares', by.id)
  return { id: `${kind}:${on.id}:${by.id}` }
}

/** How a post fares: what comes by itself until then, and what readers gave it. No figure ever falls. */
export function countsOf(world: World, post: Post, at = world.now()): Growth {
  const figures = growth(post.id, at - post.createdAt)
  const { likes = [], shares = [] } = post.given ?? {}
  return { ...figures, likes: figures.likes + likes.length, shares: figures.shares + shares.length }
}

/** From its id and its age alone: the same question has the same answer. */
function growth(id: string, ageMs: number): Growth {
  const hash = createHash('sha256').update(id).digest()
  const reach = 400 + (hash.readUInt16BE(0) % 9_600)
  const halfLifeMs = (2 + ((hash[2] ?? 0) % 10)) * 3_600_000
  const impressions = Math.floor(reach * (1 - 2 ** (-Math.max(0, ageMs) / halfLifeMs)))
  const share = (byte: number, perMille: number) =>
    Math.floor((impressions * (perMille + ((hash[byte] ?? 0) % perMille))) / 1000)
  return {
    impressions,
    likes: share(3, 25),
    shares: share(4, 5),
    quotes: share(5, 1),
    saves: share(6, 3),
    clicks: share(7, 12),
  }
}
