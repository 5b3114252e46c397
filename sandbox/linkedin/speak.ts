import { give } from '../core/growth'
import { type Spoken, type Verbs, type World, show } from '../core/network'
import { latestOf } from '../core/posts'
import { noFaults } from '../core/serve'
import { stranger } from '../core/strangers'
import type { Account, Post } from '../core/state'
import { commentAs } from './comments'
import { newId } from './ids'
import { links } from './little-text'
import { tell } from './webhooks'

const quiet = { faults: noFaults }

/** LinkedIn has no reviews. */
export const verbs: Verbs = {
  comment: 'nothing',
  mention: 'nothing',
  dm: 'nothing',
  like: 'post',
  reaction: 'post',
  share: 'post',
}

/**
 * What a reader does to a page or a person. Without a post of its own, a comment stands under the latest. LinkedIn lets
 * no app see messages: who has something to say says it in the open.
 */
export function speak(world: World, { kind, account, by, text, on }: Spoken): { readonly id: string } {
  const who = stranger(world, { ...by, id: `Sbx${by.id}` })
  const post = on ?? latestOf(world, account)
  if (post && (kind === 'comment' || kind === 'dm'))
    return commentAs(world, quiet, { by: who, on: post, text, record: {} })
  if (post && (kind === 'like' || kind === 'reaction')) return like(world, who, account.id, post)
  const isShare = kind === 'share' && post !== undefined
  if (isShare) give(post, 'shares', who.id)
  const made = show(world, quiet, {
    id: `urn:li:share:${newId(world)}`,
    account: who,
    kind: 'post',
    text,
    rich: links(text),
    record: { author: `urn:li:person:${who.id}`, commentary: text },
  })
  const about = { pageId: account.id, by: who, about: made }
  tell(world, quiet, isShare ? { action: 'SHARE', source: post.id, ...about } : { action: 'SHARE_MENTION', ...about })
  return { id: made.id }
}

function like(world: World, by: Account, pageId: string, post: Post): { readonly id: string } {
  const source = post.id
  give(post, 'likes', by.id)
  const id = `urn:li:reaction:(urn:li:person:${by.id},${source})`
  tell(world, quiet, {
    action: 'LIKE',
    pageId,
    by,
    about: { id, text: '', createdAt: world.now(), kind: 'post' },
    source,
  })
  return { id }
}
