import { z } from 'zod'
import { type Call, type Reply, json, param } from './call'
import { avatarUrl } from './avatar-route'
import { addressee, notePrivateAnswer, Recipient, threadId } from './graph-addressee'
import { type Caller, badParameter, callerOf, graphProblem, newId, noSuchObject, paramsOf, unfolded } from './graph'
import { tellHub } from './graph-hooks'
import { afterCursor, edge, type Field, graphTime, node, select, type View } from './graph-fields'
import { fileNamed } from './graph-attachments'
import { type World, accountById, show } from './network'
import { isVisible } from './posts'
import type { Account, Attachment, Post } from './state'

const NewMessage = z.object({
  recipient: z.preprocess(unfolded, Recipient),
  // Words or a file, never both.
  message: z.preprocess(
    unfolded,
    z.union([
      z.strictObject({ text: z.string().min(1).max(2_000) }),
      z.strictObject({
        attachment: z.object({
          type: z.enum(['image', 'video', 'file']),
          payload: z.union([z.object({ attachment_id: z.string() }), z.object({ url: z.url() })]),
        }),
      }),
    ]),
  ),
  messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']).default('RESPONSE'),
  tag: z.string().optional(),
})

/** A message that somebody sent. Messages are kept like comments whose parent is the chat: no page shows them. */
export function messageAs(
  world: World,
  call: Pick<Call, 'faults'>,
  q: {
    object: 'page' | 'instagram'
    from: Account
    me: string
    other: string
    text: string
    media?: readonly Attachment[]
  },
): Post {
  const message = show(world, call, {
    id: `m_${newId(world, '16')}`,
    account: q.from,
    kind: 'comment',
    text: q.text,
    rich: [{ text: q.text }],
    record: {},
    media: q.media ?? [],
    parentId: threadId(q.me, q.other),
  })
  tellMessage(world, call, { ...q, message })
  return message
}

/** A message to whom it may be written to. */
export async function send(world: World, call: Call, me: Account, object: 'page' | 'instagram'): Promise<Reply> {
  const wish = NewMessage.safeParse(paramsOf(call))
  if (!wish.success) return badParameter(z.prettifyError(wish.error))
  const { recipient, message, ...how } = wish.data
  const to = addressee(world, me, recipient, how)
  if ('refusal' in to) return to.refusal
  const { other, comment } = to
  const file = 'text' in message ? undefined : await fileNamed(world, me, object, message.attachment)
  if (file && 'status' in file) return file
  const sent = messageAs(world, call, {
    object,
    from: me,
    me: me.id,
    other,
    text: 'text' in message ? message.text : '',
    media: file ? [file] : [],
  })
  if (comment) notePrivateAnswer(world, comment, sent)
  return json(200, { recipient_id: other, message_id: sent.id })
}

function messageView(world: World, message: Post, me: Account): View {
  return {
    id: message.id,
    message: message.text,
    created_time: graphTime(message.createdAt),
    from: who(world, message.accountId),
    to: { data: [who(world, me.id)] },
    attachments: message.media.length > 0 ? { data: message.media.map((file) => listedFile(world, file)) } : undefined,
  }
}

const addressOf = (world: World, { blob }: Attachment): string => `${world.url()}/media/${blob}`
const typeOf = ({ mime }: Attachment): string =>
  ['image', 'video', 'audio'].find((type) => mime.startsWith(`${type}/`)) ?? 'file'

function listedFile(world: World, file: Attachment) {
  const url = addressOf(world, file)
  const { blob, mime: mime_type, alt: name } = file
  const about = { id: blob.slice(0, 15), mime_type, name, size: world.blobs.get(blob)?.length ?? 0 }
  switch (typeOf(file)) {
    case 'image':
      return { ...about, image_data: { url, preview_url: url, width: 240, height: 160 } }
    case 'video':
      return { ...about, video_data: { url, preview_url: url, length: 1 } }
    default:
      return { ...about, file_url: url }
  }
}

const who = (world: World, id: string) => {
  const account = accountById(world, id)
  return { id, name: account?.name ?? '', username: account?.handle ?? '' }
}

/** All chats of an account, the most recently used first. */
export function threads(world: World, call: Call, me: Account): Reply {
  const asked = call.query.get('user_id')
  const prefix = threadId(me.id, '')
  const messages = world.posts.all.filter((p) => p.parentId?.startsWith(prefix) === true && isVisible(p, world.now()))
  const chats = [...Map.groupBy(messages, (p) => (p.parentId ?? '').slice(prefix.length))]
    .filter(([other]) => asked === null || asked === other)
    .map(([other, all]) => ({ other, all, at: Math.max(...all.map((p) => p.createdAt)) }))
    .toSorted((a, b) => b.at - a.at)
  const messagesOf = (thread: string, all: readonly Post[]) => (field: Field) => {
    const limit = Number(field.args.limit ?? 25)
    const data = all.toReversed().slice(0, limit)
    const next = new URL(`${world.url()}${call.url.pathname.replace(/[^/]+\/conversations$/, `${thread}/messages`)}`)
    next.searchParams.set('after', afterCursor(limit))
    return {
      data: data.map((p) => select(messageView(world, p, me), field.inner)),
      ...(all.length > limit ? { paging: { next: next.href } } : {}),
    }
  }
  return edge(
    call,
    { url: world.url(), type: 'UnifiedThread' },
    chats.map(({ other, all, at }) => ({
      at,
      view: {
        id: threadId(me.id, other),
        updated_time: graphTime(at),
        participants: { data: [who(world, other), who(world, me.id)] },
        messages: messagesOf(threadId(me.id, other), all),
        message_count: all.length,
      },
    })),
  )
}

/** One chat of the account that calls, newest first. */
export function messagesIn(world: World, call: Call, scope: string): Reply {
  const caller = callerOf(world, call, scope)
  if ('refusal' in caller) return caller.refusal
  const { account: me } = caller
  const thread = param(call, 'thread')
  if (!thread.startsWith(threadId(me.id, ''))) return noSuchObject(thread)
  const messages = world.posts.answersTo(thread).filter((p) => isVisible(p, world.now()))
  return edge(
    call,
    { url: world.url(), type: 'Message' },
    messages.toReversed().map((p) => ({ at: p.createdAt, view: messageView(world, p, me) })),
  )
}

/** Who somebody is who wrote to the account; of all others Meta tells nothing. */
export function profileOf(world: World, call: Call, caller: Caller, person: Account): Reply {
  const wrote = world.posts.answersTo(threadId(caller.account.id, person.id)).some((p) => p.accountId === person.id)
  if (!wrote)
    return graphProblem({ code: 100, subcode: 2018218, message: '(#100) No profile available for this user.' })
  const [first_name = '', ...rest] = person.name.split(' ')
  const view = {
    id: person.id,
    name: person.name,
    username: person.handle,
    first_name,
    last_name: rest.join(' '),
    profile_pic: avatarUrl(world, person.id),
  }
  return node(call, view, 'User')
}

/** A message, to the page or by it; the page's own come back as echoes. */
function tellMessage(
  world: World,
  call: Pick<Call, 'faults'>,
  q: { object: 'page' | 'instagram'; me: string; other: string; message: Post },
): void {
  const isEcho = q.message.accountId === q.me
  tellHub(world, call, {
    object: q.object,
    accountId: q.me,
    field: 'messages',
    entry: {
      messaging: [
        {
          sender: { id: q.message.accountId },
          recipient: { id: isEcho ? q.other : q.me },
          timestamp: q.message.createdAt,
          message: {
            mid: q.message.id,
            ...(q.message.text ? { text: q.message.text } : {}),
            ...(q.message.media.length > 0
              ? {
                  attachments: q.message.media.map((file) => ({
                    type: typeOf(file),
                    payload: { url: addressOf(world, file) },
                  })),
                }
              : {}),
            ...(isEcho ? { is_echo: true } : {}),
          },
        },
      ],
    },
  })
}
