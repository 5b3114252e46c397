import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Inbox, Platform, Published, Reply } from '../platform'
import { replyToComment, type Named } from './api'
import { findComment } from './find'
import { AddresseeRef } from './incoming'
import { keysOf } from './keys'
import { isAnswerable } from './limits'
import { theirNameOf, type Of, type Reached } from './names'
import { poll } from './poll'
import { complete, isWhole, read } from './told'
import { ayrshareError, toPublished } from './translate'

/** The post that a comment stands under, by the names that came with it. */
function postOf({ to }: Reply): Pick<Published, 'externalId' | 'ref'> {
  const { post, ayrshare } = AddresseeRef.parse(to.ref)
  return { externalId: post, ref: ayrshare ? { ayrshare } : {} }
}

/** What it stands under. One that was reported before it was read names no thread but itself. */
const placeOf = ({ to }: Reply) => ({ comment: to.externalId, thread: to.conversation })

async function reply(app: AppConfig, as: Credentials, answer: Reply, { platform, label }: Of): Answer<Published> {
  const to: Named = { id: answer.to.externalId, platform, isTheirs: false }
  const sent = await replyToComment(app, keysOf(as), to, answer.text)
  if (!sent.ok) return fail(ayrshareError(sent.error, 'visible', label, now()))
  const { commentId, ayrshareId } = sent.value
  return ok(toPublished(commentId, '', { isComment: true, ...(ayrshareId ? { ayrshare: ayrshareId } : {}) }))
}

/** Comments, and no other kind: private messages are an extra of Ayrshare's larger plans. */
export function inboxOf(network: Platform & { readonly name: Reached }): Inbox {
  const platform = theirNameOf(network.name)
  const of: Of = { network: network.name, platform, label: network.label }
  const isReported = platform === 'facebook' || platform === 'instagram'
  return {
    ways: { comment: isReported ? ['webhook', 'poll'] : ['poll'] },
    answers: isAnswerable(platform) ? { comment: {} } : {},
    poll: (app, as, cursor) => poll(app, as, cursor, of),
    ...(isReported ? { read, isWhole, complete: (app, as, told) => complete(app, as, told, of) } : {}),
    ...(isAnswerable(platform)
      ? {
          reply: (app, as, answer) => reply(app, as, answer, of),
          findReply: (app, as, answer, since) =>
            findComment(app, as, { on: postOf(answer), under: placeOf(answer), text: answer.text, since }, of),
        }
      : {}),
  }
}
