import type { Armed, FaultName } from '../core/faults'
import { type Spoken, type World, accountByHandle, addAccount } from '../core/network'
import type { Account } from '../core/state'
import { notify } from './notifications'
import { type NewStatus, say } from './statuses'
import type { Lines } from './streaming'

const noFaults: ReadonlyMap<FaultName, Armed> = new Map()

/** The account of somebody who speaks; made when it is new. */
function reader(world: World, by: Spoken['by']): Account {
  const known = accountByHandle(world, by.handle)
  if (known) return known
  return addAccount(world, {
    id: by.id,
    handle: by.handle,
    name: by.name,
    kind: 'person',
  })
}

/** A reader answers, names, writes in private, favourites or boosts. Mastodon has no reviews: one is a mention here. */
export function speak(world: World, lines: Lines, { kind, account, by, text, on }: Spoken): { readonly id: string } {
  const author = reader(world, by)
  if (on && (kind === 'like' || kind === 'reaction' || kind === 'share')) {
    const deed = kind === 'share' ? 'reblog' : 'favourite'
    world.state.facts[`${deed}:${on.id}:${author.id}`] = String(world.now())
    return { id: notify(world, lines, deed, account, author, on) }
  }
  const wish: NewStatus = {
    status: `@${account.handle} ${text}`,
    media_ids: [],
    spoiler_text: '',
    visibility: kind === 'dm' ? 'direct' : 'public',
  }
  const post = say(world, lines, { faults: noFaults }, author, wish, { files: [], parent: on })
  return { id: post.id }
}
