import type { Call } from '../core/call'
import { tellApps } from '../core/graph-hooks'
import type { World } from '../core/network'
import type { Post } from '../core/state'
import { residents } from '../core/strangers'
import { names } from './text'
import { reported } from './views'

/** Tells whose thread it is of an answer, and whom it names of the mention: a form of its own among Meta's webhooks. */
export function tellOf(world: World, call: Pick<Call, 'faults'>, post: Post): void {
  const root = world.posts.get(post.rootId ?? '')
  if (root) tell(world, call, { accountId: root.accountId, field: 'replies', topic: 'moderate' }, post)
  for (const { id: accountId, handle } of residents(world))
    if (accountId !== post.accountId && names(post.text, handle))
      tell(world, call, { accountId, field: 'mentions', topic: 'interaction' }, post)
}

function tell(
  world: World,
  call: Pick<Call, 'faults'>,
  q: { readonly accountId: string; readonly field: 'replies' | 'mentions'; readonly topic: string },
  post: Post,
): void {
  tellApps(world, call, q, (time, app_id) => ({
    app_id,
    topic: q.topic,
    target_id: q.accountId,
    time,
    subscription_id: '234567',
    has_uid_field: false,
    values: { value: reported(world, post), field: q.field },
  }))
}
