import { z } from 'zod'
import { type World, accountByHandle, accountById } from '../core/network'
import type { Account } from '../core/state'

const Kept = z.object({
  type: z.enum(['channel', 'supergroup', 'private']),
  linked: z.string().optional(),
  /** Whether its bots were granted the right to delete any message. */
  deletes: z.boolean().default(true),
})
export type ChatKind = z.infer<typeof Kept>

/** Chats are accounts of the kind `page`, bots those of the kind `person` that have a token for a password. */
export const isBot = (account: Account): boolean => account.kind === 'person' && account.password !== ''

export const kindOf = (world: World, chat: Account): ChatKind =>
  Kept.parse(JSON.parse(world.state.facts[`chat:${chat.id}`] ?? '{"type":"channel"}'))

export const setKind = (world: World, chat: Account, kind: z.input<typeof Kept>): void =>
  void (world.state.facts[`chat:${chat.id}`] = JSON.stringify(kind))

/** A chat by its number or its name, as callers write them. People go by their number, once they wrote to a bot. */
export function chatBy(world: World, given: unknown): Account | undefined {
  const name = String(given)
  const found = name.startsWith('@') ? accountByHandle(world, name.slice(1)) : accountById(world, name)
  const isChat = found?.kind === 'page' || (found !== undefined && world.state.facts[`chat:${found.id}`] !== undefined)
  return isChat ? found : undefined
}

/** Somebody wrote to a bot, which may write to them from then on; `/stop` takes that back. */
export function meet(world: World, person: Account, bot: Account, words: string): void {
  setKind(world, person, { type: 'private' })
  world.state.facts[`met:${bot.id}:${person.id}`] = words.trim() === '/stop' ? 'blocked' : 'open'
}

/** Why a bot may not write into a chat; undefined when it may. */
export function closedTo(world: World, chat: Account, bot: Account): string | undefined {
  const { type } = kindOf(world, chat)
  if (type !== 'private') return chat.managers.includes(bot.id) ? undefined : `bot is not a member of the ${type} chat`
  const met = world.state.facts[`met:${bot.id}:${chat.id}`]
  if (met === 'open') return undefined
  return met === 'blocked' ? 'bot was blocked by the user' : "bot can't initiate conversation with a user"
}

/** The group in which a channel's posts are discussed. */
export function discussionOf(world: World, chat: Account): Account | undefined {
  const { linked, type } = kindOf(world, chat)
  return type === 'channel' && linked !== undefined ? accountById(world, linked) : undefined
}

export const botsIn = (world: World, chat: Account): readonly Account[] =>
  world.state.accounts.filter((account) => isBot(account) && chat.managers.includes(account.id))

/** Messages are numbered within their chat. */
export function nextMessageId(world: World, chatId: string): number {
  const next = Number(world.state.facts[`last:${chatId}`] ?? 0) + 1
  world.state.facts[`last:${chatId}`] = String(next)
  return next
}
