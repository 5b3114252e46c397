import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { now } from '@/lib/core/clock'
import { listen } from '@/lib/core/http'
import { fail, ok, type Result } from '@/lib/core/result'
import { parseJson, type Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials, Inbox, Incoming, PlatformError } from '../platform'
import { accountIdOf, getInstance, Problem, serverOf, streamed } from './api'
import { fromStatus, goneStatus } from './incoming'
import { aboveOf, fromNotifications } from './told'
import { mastodonError } from './translate'

/** A comment comes every 15 seconds (docs.joinmastodon.org/methods/streaming/), so this much silence is a dead line. */
const idleMs = 60_000

type Stream = NonNullable<Inbox['stream']>
type Held = Parameters<Stream>[2]['holds']
type Heard = Result<{ readonly items: readonly Incoming[]; readonly cursor?: string }, PlatformError>

/**
 * The account's own stream, over SSE. Nothing is repeated that was said while nobody listened: whoever listens again
 * polls first, by the cursor of the last page. All that flows by at home is taken away with as little as a number, so a
 * deletion is handed on only of what we hold.
 */
export const stream: Stream = async (app, as, { cursor, signal, holds, onPage }) => {
  const at = await addressOf(app, as)
  if (!at.ok) return at
  let broken: PlatformError | undefined
  let last = cursor ?? ''
  const said: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => void said.push(message) })
  const text = new TextDecoder()
  const hangUp = new AbortController()
  const outcome = await listen(
    {
      url: at.value,
      headers: { authorization: `Bearer ${as.accessToken}`, accept: 'text/event-stream' },
      allow: 'networks',
    },
    {
      signal: AbortSignal.any([signal, hangUp.signal]),
      idleMs,
      async onChunk(chunk) {
        parser.feed(text.decode(chunk, { stream: true }))
        for (const message of said.splice(0)) {
          const heard = await understand(app, as, message, holds)
          if (!heard.ok) {
            broken = heard.error
            return hangUp.abort()
          }
          last = heard.value.cursor ?? last
          if (heard.value.items.length > 0) await onPage({ items: heard.value.items, cursor: last, more: false })
        }
      },
    },
  )
  if (broken) return fail(broken)
  if (outcome.kind === 'answer' && outcome.status >= 300) {
    const problem = Problem.safeParse(parseJson(outcome.text())).data
    const { status, headers } = outcome
    const trouble: Trouble<Problem> = { kind: 'refused', status, headers, ...(problem ? { problem } : {}) }
    return fail(mastodonError(trouble, 'none', now()))
  }
  return outcome.kind === 'not_sent' && !signal.aborted ? fail(mastodonError(outcome, 'none', now())) : ok(undefined)
}

/** A server may stream from a host of its own, and names it. The token goes there only by https, or to the server itself. */
async function addressOf(app: AppConfig, as: Credentials): Answer<string> {
  const server = serverOf(app, as)
  const instance = await getInstance(app, as)
  if (!instance.ok) return fail(mastodonError(instance.error, 'none', now()))
  const named = instance.value.body.configuration?.urls?.streaming?.replace(/^ws/, 'http') ?? server
  const { origin, protocol } = new URL(URL.canParse(named) ? named : server)
  return ok(`${protocol === 'https:' || origin === new URL(server).origin ? origin : server}/api/v1/streaming/user`)
}

async function understand(
  app: AppConfig,
  as: Credentials,
  { event, data }: EventSourceMessage,
  holds: Held,
): Promise<Heard> {
  const me = accountIdOf(as)
  switch (event) {
    case 'notification': {
      const notification = streamed.notification.safeParse(parseJson(data))
      if (!notification.success) return ok({ items: [] })
      const items = await fromNotifications(app, as, [notification.data])
      return items.ok ? ok({ items: items.value, cursor: notification.data.id }) : items
    }
    case 'update':
    case 'status.update': {
      const status = streamed[event].safeParse(parseJson(data))
      if (!status.success) return ok({ items: [] })
      const { id, account, in_reply_to_id, in_reply_to_account_id } = status.data
      // Of all that flows by at home, only our own answers and what is said to us belong in an inbox.
      const isOurAnswer = account.id === me && Boolean(in_reply_to_id)
      const isKept = event === 'status.update' && (in_reply_to_account_id === me || (await holds([id])).has(id))
      if (!isOurAnswer && !isKept) return ok({ items: [] })
      const above = await aboveOf(app, as)(status.data)
      if (!above.ok) return above
      return ok({ items: [fromStatus(status.data, above.value, me)] })
    }
    case 'delete': {
      const id = data.trim()
      return ok({ items: (await holds([id])).has(id) ? [goneStatus(id, now())] : [] })
    }
    default:
      return ok({ items: [] })
  }
}
