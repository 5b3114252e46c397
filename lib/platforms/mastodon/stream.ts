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

/** How many names of what was said are remembered on one line. */
const mostRemembered = 10_000

/** A comment comes every 15 seconds (docs.joinmastodon.org/methods/streaming/), so this much silence is a dead line. */
const idleMs = 60_000

type Stream = NonNullable<Inbox['stream']>
type Heard = Result<{ readonly items: readonly Incoming[]; readonly cursor?: string }, PlatformError>

/**
 * The account's own stream, over SSE. Nothing is repeated that was said while nobody listened: whoever listens again
 * polls first, by the cursor of the last page. All that flows by at home is taken away with as little as a number, so a
 * deletion is handed on only of what was handed on before, on the same line.
 */
export const stream: Stream = async (app, as, { cursor, signal, onPage }) => {
  const at = await addressOf(app, as)
  if (!at.ok) return at
  let broken: PlatformError | undefined
  let last = cursor ?? ''
  const handedOn = new Set<string>()
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
          const heard = await understand(app, as, message, handedOn)
          if (!heard.ok) {
            broken = heard.error
            return hangUp.abort()
          }
          last = heard.value.cursor ?? last
          for (const { externalId } of heard.value.items) remember(handedOn, externalId)
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

function remember(names: Set<string>, name: string): void {
  names.add(name)
  const [oldest] = names
  if (names.size > mostRemembered && oldest !== undefined) names.delete(oldest)
}

async function understand(
  app: AppConfig,
  as: Credentials,
  { event, data }: EventSourceMessage,
  handedOn: ReadonlySet<string>,
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
      // Of all that flows by at home, only our own answers and what is said to us belong in an inbox.
      if (!status.success || !status.data.in_reply_to_id) return ok({ items: [] })
      const isOwn = status.data.account.id === me
      if (!isOwn && (event === 'update' || status.data.in_reply_to_account_id !== me)) return ok({ items: [] })
      const above = await aboveOf(app, as)(status.data)
      if (!above.ok) return above
      return ok({ items: [fromStatus(status.data, above.value, me)] })
    }
    case 'delete':
      return ok({ items: handedOn.has(data.trim()) ? [goneStatus(data.trim(), now())] : [] })
    default:
      return ok({ items: [] })
  }
}
