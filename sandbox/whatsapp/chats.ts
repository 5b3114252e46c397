import type { Call, Reply } from '../core/call'
import { badParameter } from '../core/graph'
import { type World, accountByHandle, show } from '../core/network'
import type { Account, Attachment, Post } from '../core/state'
import { isUserId, usernameOf } from './people'
import { refused } from './problems'

/** A group of a number, made by Meta's Groups API. */
export type Group = { readonly id: string; readonly subject: string }

/** Where messages stand: with one person, or in a group. */
export type Chat = {
  /** As what its messages stand under. */
  readonly id: string
  /** By what the network calls it: a number, what the business calls somebody without one, or the group. */
  readonly name: string
  readonly isUser?: true
  readonly readers: readonly Account[]
  readonly group?: Group
}

/** Each number has one, and whoever says something in it has followed its link before. */
export const groupOf = ({ handle }: Account): Group => ({
  id: `${Buffer.from(`capi_group:${handle}:120363404694233820`).toString('base64url')}ZD`,
  subject: 'Tasting club',
})

const memberFact = ({ id }: Group, { handle }: Account): string => `member:${id}:${handle}`

export function join(world: World, group: Group, who: Account): void {
  world.state.facts[memberFact(group, who)] = String(world.now())
}

/** Those in it, beside the number that it belongs to. */
const membersOf = (world: World, group: Group): readonly Account[] =>
  world.state.accounts.filter((one) => world.state.facts[memberFact(group, one)] !== undefined)

export const chatId = (me: Account, other: Account): string => `chat_${me.handle}_${other.handle}`
const groupChatId = ({ id }: Group): string => `group_${id}`
export const isGroupId = (id: string): boolean => id.startsWith('group_')

/** The group, as what is said in it stands. */
export function groupChatOf(world: World, me: Account): Chat & { readonly group: Group } {
  const group = groupOf(me)
  return { id: groupChatId(group), name: group.id, readers: membersOf(world, group), group }
}

/** Is it a chat of this number? */
export const isChatOf = (me: Account, id: string): boolean =>
  id.startsWith(`chat_${me.handle}_`) || id === groupChatId(groupOf(me))

/** The chat with somebody; with nobody in it where the number is nobody's. */
export function chatWith(world: World, me: Account, to: string): Chat | Reply {
  if (!/^\+?[\d\s()-]+$/.test(to)) return badParameter('The parameter to does not fit the recipient_type individual.')
  const name = to.replaceAll(/\D/g, '')
  const other = accountByHandle(world, name)
  return { id: other ? chatId(me, other) : '', name, readers: other ? [other] : [] }
}

/** The same with somebody who shows no number. */
export function chatWithUser(world: World, me: Account, user: string): Chat | Reply {
  if (!isUserId(user)) return badParameter('The parameter recipient is not a business-scoped user ID.')
  const found = accountByHandle(world, user)
  const other = found && usernameOf(world, found) !== undefined ? found : undefined
  return { id: other ? chatId(me, other) : '', name: user, isUser: true, readers: other ? [other] : [] }
}

/** A group of this number that somebody is in (Groups API, error codes). */
export function groupChat(world: World, me: Account, to: string): Chat | Reply {
  const chat = groupChatOf(world, me)
  if (to !== chat.name) return refused(131_041)
  return chat.readers.length === 0 ? refused(131_020) : chat
}

export const newWamid = (world: World): string => `wamid.${Buffer.from(`sandbox-${world.serial()}`).toString('base64')}`

/** What the business, or a person, wrote. Kept like a comment whose parent is the chat. */
export function write(
  world: World,
  call: Pick<Call, 'faults'>,
  q: {
    from: Account
    chatId: string
    id: string
    text: string
    key?: string
    quotes?: string
    media?: readonly Attachment[]
  },
): Post {
  return show(world, call, {
    id: q.id,
    account: q.from,
    kind: 'comment',
    text: q.text,
    rich: [{ text: q.text }],
    record: q.quotes === undefined ? {} : { quotes: q.quotes },
    media: q.media ?? [],
    parentId: q.chatId,
    ...(q.key === undefined ? {} : { key: q.key }),
  })
}
