import { newId, stranger } from '../core/graph'
import { messageAs } from '../core/graph-messages'
import { attached } from '../core/sample-files'
import { latestOf } from '../core/posts'
import { noFaults } from '../core/serve'
import { plainLinks } from '../core/links'
import { give } from '../core/growth'
import { type Spoken, type Verbs, type World, show } from '../core/network'
import { commentAs } from './comments'
import { reviewAs } from './reviews'
import type { Account } from '../core/state'
import { tellMention, tellReaction, tellShare } from './events'

const quiet = { faults: noFaults }

/** An app acts for pages alone. */
export const verbs = ({ kind }: Account): Verbs =>
  kind === 'page'
    ? {
        comment: 'nothing',
        mention: 'nothing',
        dm: 'nothing',
        review: 'nothing',
        like: 'post',
        reaction: 'post',
        share: 'post',
      }
    : {}

/** What a reader does to a page. Without a post of its own, a comment stands under the page's latest. */
export function speak(
  world: World,
  { kind, account, by, text, on, file, recommends = true }: Spoken,
): { readonly id: string } | undefined {
  const who = stranger(world, by)
  const post = on ?? latestOf(world, account)
  switch (kind) {
    case 'dm':
      return messageAs(world, quiet, {
        object: 'page',
        from: who,
        me: account.id,
        other: who.id,
        text,
        ...(file ? { media: [attached(world, file)] } : {}),
      })
    case 'review':
      return reviewAs(world, quiet, who, { page: account.id, text, recommends })
    case 'like':
    case 'reaction': {
      if (!post) return undefined
      give(post, 'likes', who.id)
      tellReaction(world, quiet, { post, by: who.id, type: kind === 'like' ? 'like' : text || 'love' })
      return { id: post.id }
    }
    case 'share': {
      if (!post) return undefined
      give(post, 'shares', who.id)
      const id = `${who.id}_${newId(world, '12')}`
      tellShare(world, quiet, { post, by: who.id, text, id })
      return { id }
    }
    case 'comment':
      if (post) return commentAs(world, quiet, who, post, text, file ? [attached(world, file)] : [])
    // A page without posts is spoken of elsewhere.
    // oxlint-disable-next-line no-fallthrough
    case 'mention': {
      const id = `${who.id}_${newId(world, '12')}`
      const made = show(world, quiet, {
        id,
        account: who,
        kind: 'post',
        text,
        rich: plainLinks(text),
        record: { format: 'post', isOthers: true },
        ...(file ? { media: [attached(world, file)] } : {}),
      })
      world.state.facts[`mention:${id}`] = account.id
      tellMention(world, quiet, account.id, made)
      return { id }
    }
  }
}
