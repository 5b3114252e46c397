import { setTimeout as wait } from 'node:timers/promises'
import { minute, now } from '@/lib/core/clock'
import type { Reply } from '../outcome'
import type { AppConfig, Credentials, Incoming } from '../platform'
import { listActiveThreads, listMessages, listReactions, type Message, type Problem, type Reaction } from './api'
import { emojiOfName, nameOfEmoji, toReaction, toTakenBack, type Listener } from './incoming'
import { pageSize, threadsLookedAt } from './limits'
import { discordError, isLater } from './translate'

type Looking = {
  readonly signal: AbortSignal
  reactionsTo(message: string, after: string | undefined): Promise<readonly string[]>
  onFound(items: readonly Incoming[]): void
}

/**
 * Finds which reactions to our messages were given or taken back while nobody listened: in the newest hundred messages
 * of the channel, and of each of the fifty of its active threads where something was said last. Where Discord counts as
 * many of an emoji as we keep it is asked no further; else who gave it is listed to the end. Discord keeps no times: each
 * is dated when it was asked about, just before, so that what the Gateway tells meanwhile is later and stands.
 * What is refused is left out, for the next look. Rejects only when `reactionsTo` does.
 */
export async function findMissed(app: AppConfig, as: Credentials, listener: Listener, q: Looking): Promise<void> {
  const ask = asking(q.signal)
  const inChannel = async (channel: string): Promise<void> => {
    const at = now()
    const messages = await ask(() => listMessages(app, as.accessToken, channel, { limit: pageSize }))
    for (const message of messages ?? []) if (message.author.id === listener.me) await compare(message, at)
  }

  async function compare({ id: message, channel_id: channel, reactions = [] }: Message, at: Date): Promise<void> {
    const kept = q.signal.aborted ? undefined : await keptOf(message, q)
    if (!kept) return
    for (const reaction of reactions) {
      const known = kept.get(nameOfEmoji(reaction.emoji)) ?? []
      if (known.length !== reaction.count) await list({ channel, message, reaction, known })
    }
    const given = new Set(reactions.map(({ emoji }) => nameOfEmoji(emoji)))
    const left = [...kept].flatMap(([emoji, names]) => (given.has(emoji) ? [] : names))
    if (left.length > 0) q.onFound(toTakenBack(left, { channel, at }, listener))
  }

  async function list(of: Differing): Promise<void> {
    const { channel, message, reaction } = of
    const { emoji, count_details: details } = reaction
    const [known, left, begunAt] = [new Set(of.known), new Set(of.known), now()]
    const types = details && details.burst > 0 ? (['normal', 'super'] as const) : (['normal'] as const)
    for (const type of types) {
      let after: string | undefined
      for (let more = true; more;) {
        const at = now()
        const page = { type, after, limit: pageSize }
        const people = await ask(() => listReactions(app, as.accessToken, { channel, message, emoji }, page))
        const last: string | undefined = people?.at(-1)?.id
        more = people?.length === pageSize
        // Those we keep may stand where it was not read.
        if (!people || (more && last && after && !isLater(last, after))) return
        const all = people.map((user) =>
          toReaction({ user_id: user.id, channel_id: channel, message_id: message, emoji, user }, 'new', listener, at),
        )
        for (const { externalId } of all) left.delete(externalId)
        const news = all.filter(({ externalId }) => !known.has(externalId))
        if (news.length > 0) q.onFound(news)
        after = last
      }
    }
    if (left.size > 0) q.onFound(toTakenBack([...left], { channel, at: begunAt }, listener))
  }

  // A forum holds no messages itself and refuses: its posts are threads.
  await inChannel(listener.channel)
  const active = await ask(() => listActiveThreads(app, as.accessToken, listener.guild))
  const threads = (active?.threads ?? [])
    .filter(({ parent_id }) => parent_id === listener.channel)
    .map(({ id, last_message_id: last }) => ({ id, last: last ?? id }))
    .toSorted((a, b) => (isLater(a.last, b.last) ? -1 : 1))
  for (const { id } of threads.slice(0, threadsLookedAt)) await inChannel(id)
}

type Differing = {
  readonly channel: string
  readonly message: string
  readonly reaction: Reaction
  readonly known: readonly string[]
}

/** The names of the reactions to a message that we keep, by the name of their emoji. */
async function keptOf(message: string, q: Pick<Looking, 'reactionsTo'>): Promise<ReadonlyMap<string, string[]>> {
  const all: string[] = []
  for (let after: string | undefined; ;) {
    const names = await q.reactionsTo(message, after)
    all.push(...names)
    after = names.at(-1)
    if (after === undefined) return Map.groupBy(all, emojiOfName)
  }
}

/** A limit that is lifted sooner is waited for. Ours. */
const patienceMs = minute
/** So often for one call: who is refused again and again had better come another time. */
const mostWaits = 3

/**
 * Asks one thing after another. Undefined for what is refused, and from then on for everything without a call, where
 * Discord wants to be left alone for longer or no longer knows the bot.
 */
function asking(signal: AbortSignal): <T>(call: () => Reply<T, Problem>) => Promise<T | undefined> {
  let isOver = false
  return async (call) => {
    for (let waits = 0; !isOver && !signal.aborted; waits++) {
      const answer = await call()
      if (answer.ok) return answer.value.body
      const error = discordError(answer.error, 'none', now())
      if (error.code !== 'rate_limited') {
        isOver = error.code === 'auth_expired'
        return undefined
      }
      const waitMs = error.retryAt.getTime() - now().getTime()
      isOver = waits === mostWaits || waitMs > patienceMs
      // The line may end meanwhile.
      if (!isOver) await wait(waitMs, undefined, { signal }).catch(() => undefined)
    }
    return undefined
  }
}
