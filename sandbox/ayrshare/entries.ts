import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import type { TheirName } from './profiles'
import type { Fault } from './problems'

/** A call to publish, as the history keeps it. */
export type Entry = {
  readonly id: string
  readonly profile: string
  readonly post: string
  readonly platforms: readonly string[]
  readonly postIds: readonly {
    readonly status: 'success'
    readonly id: string
    readonly postUrl: string
    readonly platform: TheirName
  }[]
  readonly errors: readonly Fault[]
  readonly status: 'success' | 'error' | 'deleted'
  readonly notes?: string
  readonly mediaUrls: readonly string[]
  readonly created: number
}

export const keepEntry = (world: World, entry: Entry): void =>
  void (world.state.facts[`entry:${entry.id}`] = JSON.stringify(entry))

export function entryOf(world: World, id: string): Entry | undefined {
  const fact = world.state.facts[`entry:${id}`]
  // Written by `keepEntry` alone.
  return fact === undefined ? undefined : (JSON.parse(fact) as Entry)
}

/** A profile's entries, the newest first. What nobody can see yet is in none. */
export function entriesOf(world: World, profile: string): readonly Entry[] {
  return Object.keys(world.state.facts)
    .flatMap((name) => (name.startsWith('entry:') ? (entryOf(world, name.slice('entry:'.length)) ?? []) : []))
    .filter(
      (entry) => entry.profile === profile && postsOf(world, entry).every((post) => post.visibleAt <= world.now()),
    )
    .toSorted((a, b) => b.created - a.created)
}

const postsOf = (world: World, { postIds }: Entry): readonly Post[] =>
  postIds.flatMap(({ id }) => world.posts.get(id) ?? [])

/** A post on one network, by Ayrshare's name for it or by the network's. */
export function postNamed(
  world: World,
  profile: string,
  q: { readonly id: string; readonly platform: string; readonly isTheirs: boolean },
): Post | undefined {
  const entry = q.isTheirs ? entryOf(world, q.id) : undefined
  if (q.isTheirs && entry?.profile !== profile) return undefined
  const id = q.isTheirs ? entry?.postIds.find(({ platform }) => platform === q.platform)?.id : q.id
  const post = id === undefined ? undefined : world.posts.get(id)
  return post && isVisible(post, world.now()) ? post : undefined
}

export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
