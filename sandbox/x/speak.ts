import { type Spoken, type World, show } from '../core/network'
import { noFaults } from '../core/serve'
import { stranger } from '../core/strangers'
import { snowflake } from './ids'
import { rich } from './text'
import { tell } from './webhooks'

const quiet = { faults: noFaults }

/**
 * A reader names the account, or answers a post of its, which names it too. X has no reviews, and its likes and reposts
 * are figures here, not events; its chats are not played.
 */
export function speak(world: World, { account, by, text, on }: Spoken): { readonly id: string } {
  const author = stranger(world, { ...by, handle: by.handle.replaceAll(/\W/g, '_').slice(0, 15) })
  const words = `@${account.handle} ${text}`.trim()
  const post = show(world, quiet, {
    id: snowflake(world),
    account: author,
    kind: on ? 'reply' : 'post',
    text: words,
    rich: rich(words),
    record: { text: words },
    ...(on ? { parentId: on.id, rootId: on.rootId ?? on.id } : {}),
  })
  tell(world, quiet, 'post.mention.create', account, post)
  return { id: post.id }
}
