import { z } from 'zod'
import type { Call, Reply } from '../core/call'
import type { Operation } from '../core/faults'
import { type World, accountById } from '../core/network'
import type { Account, Hook, Post } from '../core/state'
import { chatBy, closedTo, kindOf } from './chats'
import { fieldsOf, type Fields } from './fields'
import { getFile } from './files'
import { bad, conflict, done, forbidden, noSuchMethod } from './problems'
import { idsOf, messageIn, send } from './send'
import { type Queue, hookOf, want, wanted } from './updates'
import { botView, fullChatView, memberView } from './views'

type Method = {
  readonly operation: Operation
  run(world: World, queue: Queue, call: Call, bot: Account): Reply | Promise<Reply>
}

const mostWaitSeconds = 50

/** Every method the sandbox has, by its name in small letters: Telegram does not mind how it is written. */
export const methods: Readonly<Record<string, Method>> = {
  ...Object.fromEntries(
    ['sendMessage', 'sendPhoto', 'sendVideo', 'sendAnimation', 'sendDocument', 'sendMediaGroup', 'sendPoll'].map(
      (name): [string, Method] => [
        name.toLowerCase(),
        { operation: 'publish', run: (world, queue, call, bot) => send(world, queue, call, bot, name) },
      ],
    ),
  ),
  getme: { operation: 'profile', run: (_world, _queue, _call, bot) => done(botView(bot)) },
  getchat: {
    operation: 'profile',
    run: (world, _queue, call, bot) => withChat(world, call, bot, (chat) => done(fullChatView(world, chat))),
  },
  getchatmember: { operation: 'profile', run: getChatMember },
  getfile: { operation: 'read', run: (world, _queue, call) => getFile(world, call) },
  deletemessage: { operation: 'delete', run: deleteMessage },
  deletemessages: { operation: 'delete', run: deleteMessages },
  pinchatmessage: { operation: 'edit', run: pin },
  getupdates: { operation: 'read', run: getUpdates },
  setwebhook: { operation: 'webhook', run: setWebhook },
  deletewebhook: { operation: 'webhook', run: deleteWebhook },
  getwebhookinfo: { operation: 'webhook', run: (world, _queue, _call, bot) => done(webhookInfo(world, bot)) },
}

export const run = (world: World, queue: Queue, call: Call, bot: Account, name: string): Reply | Promise<Reply> =>
  methods[name.toLowerCase()]?.run(world, queue, call, bot) ?? noSuchMethod()

function withChat(world: World, call: Call, bot: Account, then: (chat: Account, fields: Fields) => Reply): Reply {
  const fields = fieldsOf(call)
  const chat = chatBy(world, fields.chat_id)
  if (!chat) return bad('chat not found')
  const closed = closedTo(world, chat, bot)
  return closed === undefined ? then(chat, fields) : forbidden(closed)
}

function getChatMember(world: World, _queue: Queue, call: Call, bot: Account): Reply {
  return withChat(world, call, bot, (chat, fields) => {
    const member = accountById(world, String(fields.user_id))
    return member ? done(memberView(world, chat, member)) : bad('invalid user_id specified')
  })
}

function takeAway(world: World, post: Post): void {
  post.deletedAt = world.now()
}

const youngMs = 48 * 3_600_000

/** What is older goes only by the right to delete any message (Bot API 10.1, deleteMessage). */
const mayTake = (world: World, chat: Account, post: Post): boolean =>
  kindOf(world, chat).deletes || world.now() - post.createdAt < youngMs

function deleteMessage(world: World, _queue: Queue, call: Call, bot: Account): Reply {
  return withChat(world, call, bot, (chat, fields) => {
    const found = messageIn(world, chat, Number(fields.message_id))
    if (!found) return bad('message to delete not found')
    if (!mayTake(world, chat, found)) return bad("message can't be deleted")
    takeAway(world, found)
    return done(true)
  })
}

/** What is not there is left out. A post goes when the last of its messages goes. */
function deleteMessages(world: World, _queue: Queue, call: Call, bot: Account): Reply {
  return withChat(world, call, bot, (chat, fields) => {
    const ids = z.array(z.coerce.number()).min(1).max(100).safeParse(fields.message_ids)
    if (!ids.success) return bad('message identifiers are not specified')
    const all = ids.data.flatMap((id) => messageIn(world, chat, id) ?? [])
    if (!all.every((post) => mayTake(world, chat, post))) return bad("message can't be deleted")
    for (const found of new Set(all)) {
      if (idsOf(found).every((each) => ids.data.includes(each))) takeAway(world, found)
    }
    return done(true)
  })
}

function pin(world: World, _queue: Queue, call: Call, bot: Account): Reply {
  return withChat(world, call, bot, (chat, fields) => {
    const found = messageIn(world, chat, Number(fields.message_id))
    if (!found) return bad('message to pin not found')
    world.state.facts[`pinned:${chat.id}`] = found.id
    return done(true)
  })
}

const Asked = z.object({
  offset: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  timeout: z.coerce.number().int().min(0).default(0),
  allowed_updates: z.array(z.string()).optional(),
})

async function getUpdates(world: World, queue: Queue, call: Call, bot: Account): Promise<Reply> {
  if (hookOf(world, bot))
    return conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  const asked = Asked.safeParse(fieldsOf(call))
  if (!asked.success) return bad('wrong parameters')
  const { offset, limit, timeout, allowed_updates } = asked.data
  if (allowed_updates) want(world, bot, allowed_updates)
  if (timeout > 0 && queue.pending(bot, offset, 1).length === 0)
    await queue.something(bot, Math.min(timeout, mostWaitSeconds) * 1000)
  return done(queue.pending(bot, offset, limit))
}

const NewHook = z.object({
  url: z.string(),
  secret_token: z
    .string()
    .regex(/^[\w-]{1,256}$/)
    .optional(),
  allowed_updates: z.array(z.string()).optional(),
  drop_pending_updates: z.boolean().optional(),
})

/** Telegram wants https and one of four ports; the sandbox takes loopback addresses, the only ones it can reach. */
function setWebhook(world: World, queue: Queue, call: Call, bot: Account): Reply {
  const wish = NewHook.safeParse(fieldsOf(call))
  if (!wish.success) return bad('secret token contains unallowed characters')
  const { url, secret_token, allowed_updates, drop_pending_updates } = wish.data
  world.state.hooks = world.state.hooks.filter((hook) => hook.clientId !== bot.id)
  if (drop_pending_updates) queue.clear(bot)
  if (url === '') return done(true)
  if (!URL.canParse(url)) return bad('bad webhook: invalid URL specified')
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
  if (!isLoopback) return bad('bad webhook: the sandbox reports to this computer only')
  const hook: Hook = { id: bot.id, url, createdAt: world.now(), valid: true, clientId: bot.id }
  world.state.hooks.push(hook)
  world.state.facts[`secret:${bot.id}`] = secret_token ?? ''
  if (allowed_updates) want(world, bot, allowed_updates)
  return done(true)
}

function deleteWebhook(world: World, queue: Queue, call: Call, bot: Account): Reply {
  world.state.hooks = world.state.hooks.filter((hook) => hook.clientId !== bot.id)
  if (fieldsOf(call).drop_pending_updates === true) queue.clear(bot)
  return done(true)
}

function webhookInfo(world: World, bot: Account) {
  const allowed = wanted(world, bot)
  return {
    url: hookOf(world, bot)?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: 0,
    max_connections: 40,
    ...(allowed.length > 0 ? { allowed_updates: allowed } : {}),
  }
}
