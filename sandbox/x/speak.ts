import { counted } from '../core/growth'
import { type Spoken, type Verbs, type World, show } from '../core/network'
import { attached } from '../core/sample-files'
import { noFaults } from '../core/serve'
import { stranger } from '../core/strangers'
import { snowflake } from './ids'
import { messageTo } from './messages'
import { rich } from './text'
import { tell, tellDone } from './webhooks'

const quiet = { faults: noFaults }

/** X has no reviews, and hearts alone. */
export const verbs: Verbs = {
  comment: 'nothing',
  mention: 'nothing',
  quote: 'post',
  dm: 'nothing',
  like: 'post',
  share: 'post',
}

/**
 * A reader names the account, answers a post of its, which names it too, quotes one, or writes a message. Likes and reposts are
 * figures and reports, in no list.
 */
export function speak(
  world: World,
  { kind, account, by, text, on, file }: Spoken,
): { readonly id: string } | undefined {
  const author = stranger(world, { ...by, handle: by.handle.replaceAll(/\W/g, '_').slice(0, 15) })
  if (kind === 'like' || kind === 'share') {
    const done = counted({ kind, on }, author)
    if (done && on) tellDone(world, kind, account, on, author)
    return done
  }
  if (kind === 'dm') {
    // Pictures and films are what X lets people send.
    const media = file && ['image', 'video'].includes(file.kind) ? [attached(world, file)] : []
    return { id: messageTo(world, quiet, { from: author, to: account.id, text, media }).id }
  }
  if (kind === 'quote' && on) {
    const record = { text, quoted: on.id }
    const post = show(world, quiet, {
      id: snowflake(world),
      account: author,
      kind: 'post',
      text,
      rich: rich(text),
      record,
    })
    tell(world, quiet, 'post.quote.create', account, post)
    return { id: post.id }
  }
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
