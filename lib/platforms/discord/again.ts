import { ok } from '@/lib/core/result'
import type { Again, Answer, AppConfig, Credentials, Incoming, Standing } from '../platform'
import { getMessage, listMessages, type Message } from './api'
import { toIncoming, type Listener } from './incoming'
import { pageSize } from './limits'
import { cannotRead, failedRead, listenerOf } from './listener'
import { isGone, isLater, placeOf, refOf } from './translate'

/**
 * Messages by the lists of their channels and threads, up to a hundred in one call. In threads where little is said that
 * is a call for each, and what was taken away is one more: so not as many at once as a list has.
 */
export const again: Again = {
  kinds: ['comment', 'mention'],
  most: 50,
  async look(app, as, said) {
    const place = placeOf(as)
    if (place.webhook) return cannotRead()
    const listener = await listenerOf(app, as)
    if (!listener.ok) return listener
    const found = new Map<string, Standing>()
    for (const [channel, some] of Map.groupBy(said, ({ ref }) => refOf({ ref }, place).channel)) {
      const ids = some.map(({ externalId }) => externalId)
      const standing = await standingIn(app, as, channel, ids)
      if (!standing.ok) return standing
      for (const one of some) found.set(one.externalId, readAs(standing.value.get(one.externalId), one, listener.value))
    }
    return ok(found)
  },
}

/** Those of a channel's messages that are there. */
async function standingIn(
  app: AppConfig,
  as: Credentials,
  channel: string,
  ids: readonly string[],
): Answer<ReadonlyMap<string, Message>> {
  const found = new Map<string, Message>()
  for (let left = ids; left.length > 0;) {
    const first = left.reduce((a, b) => (isLater(a, b) ? b : a))
    const after = (BigInt(first) - 1n).toString()
    const answer = await listMessages(app, as.accessToken, channel, { after, limit: pageSize })
    // A thread goes with everything in it. That the channel itself is gone is another matter: its account says so.
    if (!answer.ok && isGone(answer.error) && channel !== placeOf(as).channel) return ok(found)
    if (!answer.ok) return failedRead(answer.error)
    const page = answer.value.body
    for (const message of page) found.set(message.id, message)
    const last = page.reduce((a, { id }) => (isLater(a, id) ? a : id), first)
    left = page.length < pageSize ? [] : left.filter((id) => isLater(id, last))
  }
  // A list may be behind.
  for (const id of ids.filter((each) => !found.has(each))) {
    const answer = await getMessage(app, as.accessToken, channel, id)
    if (answer.ok) found.set(id, answer.value.body)
    else if (!isGone(answer.error)) return failedRead(answer.error)
  }
  return ok(found)
}

/** What was never edited reads as it was said: only whom it names may be called otherwise by now. */
function readAs(message: Message | undefined, said: Incoming, listener: Listener): Standing {
  if (!message) return { state: 'gone' }
  const now = message.edited_timestamp ? toIncoming(message, listener) : undefined
  return now
    ? { state: 'there', text: now.text, media: now.media, editedAt: now.at }
    : { state: 'there', text: said.text }
}
