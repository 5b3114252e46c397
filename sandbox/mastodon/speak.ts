import type { Armed, FaultName } from '../core/faults'
import { give } from '../core/growth'
import { type Spoken, type Verbs, type World, accountByHandle, addAccount } from '../core/network'
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

/** Mastodon has no reviews. */
export const verbs: Verbs = {
  comment: 'nothing',
  mention: 'nothing',
  quote: 'post',
  dm: 'nothing',
  like: 'post',
  reaction: 'post',
  share: 'post',
}

/** A reader answers, names, quotes, writes in private, favourites or boosts. */
export function speak(world: World, lines: Lines, { kind, account, by, text, on }: Spoken): { readonly id: string } {
  const author = reader(world, by)
  if (on && (kind === 'like' || kind === 'reaction' || kind === 'share')) {
    give(on, kind === 'share' ? 'shares' : 'likes', author.id)
    return { id: notify(world, lines, kind === 'share' ? 'reblog' : 'favourite', account, author, on) }
  }
  const quoted = kind === 'quote' ? on : undefined
  const wish: NewStatus = {
    status: quoted ? text : `@${account.handle} ${text}`,
    media_ids: [],
    spoiler_text: '',
    visibility: kind === 'dm' ? 'direct' : 'public',
  }
  const post = say(world, lines, { faults: noFaults }, author, wish, {
    files: [],
    ...(quoted ? { parent: undefined, quoted } : { parent: on }),
  })
  return { id: post.id }
}
