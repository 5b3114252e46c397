import { newId, stranger } from '../core/graph'
import { tellHub } from '../core/graph-hooks'
import { threadId } from '../core/graph-addressee'
import { messageAs } from '../core/graph-messages'
import { attached } from '../core/sample-files'
import { noFaults } from '../core/serve'
import { counted } from '../core/growth'
import { type Spoken, type Verbs, type World, show } from '../core/network'
import { commentAs } from './comments'

const quiet = { faults: noFaults }

/** Instagram has no reviews, and reactions to messages alone. */
export const verbs: Verbs = {
  comment: 'post',
  mention: 'nothing',
  dm: 'nothing',
  like: 'post',
  share: 'post',
  reaction: 'message',
}

/** What a reader does to an account. */
export function speak(
  world: World,
  { kind, account, by, text, on, file }: Spoken,
): { readonly id: string } | undefined {
  const who = stranger(world, by)
  if (kind === 'dm')
    return messageAs(world, quiet, {
      object: 'instagram',
      from: who,
      me: account.id,
      other: who.id,
      text,
      ...(file ? { media: [attached(world, file)] } : {}),
    })
  if (kind === 'comment' && on) return commentAs(world, quiet, who, on, text)
  if (kind === 'like' || kind === 'share') return counted({ kind, on }, who)
  if (kind === 'reaction') return react(world, { me: account.id, by: who.id, emoji: text || '❤' })
  const id = newId(world, '17980000')
  const record = { type: 'IMAGE', product: 'FEED', collaborators: [], inFeed: true }
  const said = text.includes(`@${account.handle}`) ? text : `@${account.handle} ${text}`
  show(world, quiet, { id, account: who, kind: 'post', text: said, rich: [{ text: said }], record })
  const changes = [{ field: 'mentions', value: { media_id: id } }]
  tellHub(world, quiet, { object: 'instagram', accountId: account.id, field: 'mentions', entry: { changes } })
  return { id }
}

/** Instagram tells of reactions to messages alone. */
function react(world: World, q: { me: string; by: string; emoji: string }): { readonly id: string } | undefined {
  const last = world.posts.answersTo(threadId(q.me, q.by)).at(-1)
  if (!last) return undefined
  const reaction = { mid: last.id, action: 'react', reaction: 'other', emoji: q.emoji }
  const messaging = [{ sender: { id: q.by }, recipient: { id: q.me }, timestamp: world.now(), reaction }]
  tellHub(world, quiet, { object: 'instagram', accountId: q.me, field: 'message_reactions', entry: { messaging } })
  return { id: last.id }
}
