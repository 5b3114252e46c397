import { z } from 'zod'
import type { Call } from '../core/call'
import type { World } from '../core/network'
import type { Account, Hook } from '../core/state'

const Kept = z.object({ update_id: z.number() }).catchall(z.unknown())
const firstId = 100_000_000
const weekMs = 7 * 24 * 3_600_000
const Wanted = z.array(z.string()).default([])
/** Not sent to whoever did not ask for them (Bot API 10.1, getUpdates.allowed_updates). */
const onlyAsked = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

export const hookOf = (world: World, bot: Account): Hook | undefined =>
  world.state.hooks.find((hook) => hook.clientId === bot.id)

const secretOf = (world: World, bot: Account): string => world.state.facts[`secret:${bot.id}`] ?? ''

export const wanted = (world: World, bot: Account): readonly string[] =>
  Wanted.parse(JSON.parse(world.state.facts[`wanted:${bot.id}`] ?? '[]'))

export const want = (world: World, bot: Account, kinds: readonly string[]): void =>
  void (world.state.facts[`wanted:${bot.id}`] = JSON.stringify(kinds))

export type Queue = {
  /** Tells a bot of something: to its address, or into its queue. */
  tell(call: Pick<Call, 'faults'>, bot: Account, kind: string, content: unknown): void
  /** What waits from `offset` on; what is before it is forgotten. */
  pending(bot: Account, offset: number | undefined, limit: number): readonly unknown[]
  /** Ends when something waits for the bot, or after `ms`. */
  something(bot: Account, ms: number): Promise<void>
  clear(bot: Account): void
}

export function openQueue(world: World): Queue {
  const waiting = new Map<string, Set<() => void>>()
  const keys = (bot: Account) =>
    Object.keys(world.state.facts)
      .filter((key) => key.startsWith(`update:${bot.id}:`))
      .toSorted((a, b) => Number(a.split(':')[2]) - Number(b.split(':')[2]))

  /** After a week without news Telegram numbers on from anywhere (Bot API, Update): here from far below. */
  const nextId = (bot: Account): number => {
    const { facts } = world.state
    const [counted, told] = [`updates:${bot.id}`, `told:${bot.id}`]
    const isAnew = world.now() - Number(facts[told] ?? world.now()) > weekMs
    // What nobody fetched is kept for a day only.
    if (isAnew) for (const key of keys(bot)) delete facts[key]
    const id = Number(facts[counted] ?? firstId) + (isAnew ? -1_000_000 : 1)
    facts[counted] = String(id)
    facts[told] = String(world.now())
    return id
  }

  return {
    tell(call, bot, kind, content) {
      const asked = wanted(world, bot)
      if (asked.length > 0 ? !asked.includes(kind) : onlyAsked.has(kind)) return
      const update_id = nextId(bot)
      const body = JSON.stringify({ update_id, [kind]: content })
      const hook = hookOf(world, bot)
      if (hook) return world.hooks.send(call, hook, body, { 'x-telegram-bot-api-secret-token': secretOf(world, bot) })
      world.state.facts[`update:${bot.id}:${update_id}`] = body
      for (const wake of waiting.get(bot.id) ?? []) wake()
    },
    pending(bot, offset, limit) {
      // An offset beyond the next number is of an earlier count, and forgets nothing.
      const isOfThisCount =
        offset !== undefined && offset <= Number(world.state.facts[`updates:${bot.id}`] ?? firstId) + 1
      for (const key of keys(bot))
        if (isOfThisCount && Number(key.split(':')[2]) < offset) delete world.state.facts[key]
      return keys(bot)
        .slice(0, limit)
        .map((key) => Kept.parse(JSON.parse(world.state.facts[key] ?? '{}')))
    },
    something(bot, ms) {
      return new Promise((resolve) => {
        const ears = waiting.get(bot.id) ?? new Set()
        const end = () => {
          clearTimeout(timer)
          ears.delete(end)
          resolve()
        }
        const timer = setTimeout(end, ms)
        timer.unref()
        waiting.set(bot.id, ears.add(end))
      })
    },
    clear(bot) {
      for (const key of keys(bot)) delete world.state.facts[key]
    },
  }
}
