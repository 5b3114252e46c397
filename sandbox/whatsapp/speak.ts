import { type Spoken, type Verbs, type World, accountById } from '../core/network'
import { noFaults } from '../core/serve'
import type { Account } from '../core/state'
import { chatId, groupChatOf, join, newWamid, write } from './chats'
import { tellMessage } from './events'
import { sentView } from './files'
import { callerOf, usernameOf } from './people'

const quiet = { faults: noFaults }

/** There are messages alone: what is for many is said in the group, whatever moves somebody to say it. */
export const verbs: Verbs = { comment: 'nothing', mention: 'nothing', dm: 'nothing', reaction: 'message' }

/** What somebody does to a number: they write to it or in its group, or react to a message of its own. */
export function speak(
  world: World,
  { kind, account, by, text, file, on }: Spoken,
): { readonly id: string } | undefined {
  const who = callerOf(world, by)
  const id = newWamid(world)
  if (kind === 'reaction') return react(world, { account, who, text, id, on })
  const { group, id: groupChat } = groupChatOf(world, account)
  const isForMany = kind !== 'dm'
  if (isForMany) join(world, group, who)
  // Who writes below something in the same chat quotes it.
  const within = isForMany ? groupChat : chatId(account, who)
  const quotes = on?.parentId === within ? on.id : undefined
  write(world, quiet, { from: who, chatId: within, id, text, ...(quotes === undefined ? {} : { quotes }) })
  tellMessage(
    world,
    quiet,
    { me: account, from: who, ...(isForMany ? { group } : {}) },
    {
      id,
      ...(on && quotes ? { context: { ...writerView(world, on.accountId), id: quotes } } : {}),
      ...(file ? sentView(world, file, text) : { type: 'text', text: { body: text } }),
    },
  )
  return { id }
}

/** Whose message is quoted, where they show a number. */
function writerView(world: World, accountId: string) {
  const writer = accountById(world, accountId)
  return writer && usernameOf(world, writer) === undefined ? { from: writer.handle } : {}
}

type Reacting = {
  readonly account: Account
  readonly who: Account
  readonly text: string
  readonly id: string
  readonly on: Spoken['on']
}

/** To that message of the number's, or else to the last that it wrote to them, alone or in the group. */
function react(world: World, { account, who, text, id, on }: Reacting): { readonly id: string } | undefined {
  const { group, id: groupChat, readers } = groupChatOf(world, account)
  const chats = [chatId(account, who), ...(readers.includes(who) ? [groupChat] : [])]
  const ours = chats.flatMap((chat) => world.posts.answersTo(chat).findLast((p) => p.accountId === account.id) ?? [])
  const to = on && on.accountId === account.id && chats.includes(on.parentId ?? '') ? on : ours[0]
  if (!to) return undefined
  tellMessage(
    world,
    quiet,
    { me: account, from: who, ...(to.parentId === groupChat ? { group } : {}) },
    { id, type: 'reaction', reaction: { message_id: to.id, emoji: text || '👍' } },
  )
  return { id }
}
