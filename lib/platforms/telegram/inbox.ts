import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AnswerFiles, AppConfig, Credentials, Inbox, IncomingPage, Published, Reply } from '../platform'
import { getUpdates, send, Update } from './api'
import { compose } from './compose'
import { fetchFile } from './files'
import { chatOf, dateOf, fromUpdate, type AnswerTo } from './incoming'
import { botIdOf } from './rights'
import { texts } from './texts'
import { telegramError, toPublished } from './translate'
import { toEvent } from './webhook'

const pageSize = 100

type Page = Awaited<ReturnType<typeof getUpdates>>
const isReported = (page: Page): boolean =>
  !page.ok &&
  page.error.kind === 'refused' &&
  page.error.status === 409 &&
  /webhook is active/i.test(page.error.problem?.description ?? '')

/** How long updates are left there: the copies of doubtful posts are looked for among them. Unconfirmed ones end after a day by themselves. */
const leftForMs = 10 * 60_000

/** `seen`: the last update that was handed on. `confirm`: the first that is still to be kept there. */
type Cursor = { readonly seen: number; readonly confirm: number | undefined }

function cursorOf(text: string | undefined): Cursor {
  const [seen, confirm] = (text ?? '').split(':')
  return { seen: seen ? Number(seen) : -1, confirm: confirm ? Number(confirm) : undefined }
}

const isPrivate = (update: Update): boolean => chatOf(update)?.type === 'private'

/** A chat's own updates, and the bot's private chats where the account is a channel: a bot's channel speaks for it. */
const isFor = (update: Update, as: Credentials): boolean =>
  isPrivate(update) ? as.scopes.includes('can_post_messages') : String(chatOf(update)?.id) === as.externalId

/**
 * Asks the bot for its updates. All accounts of a bot share them, and what one of them confirms is gone for the others:
 * so whoever asks hands on what is theirs. A page that is full is confirmed however young, as nothing newer could be
 * seen behind it.
 */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  const { seen, confirm } = cursorOf(cursor)
  const page = await getUpdates(app, as.accessToken, confirm)
  // What is reported to an address is not to be had by asking.
  if (isReported(page)) return ok({ items: [], cursor: `${seen}:`, more: false })
  if (!page.ok) return fail(telegramError(page.error, 'none', now()))
  const updates = page.value.body
  const last = updates.at(-1)
  const young = updates.find((update) => dateOf(update) * 1000 > now().getTime() - leftForMs)
  const isFull = updates.length === pageSize
  const keepFrom = isFull || !young ? (last ? last.update_id + 1 : confirm) : young.update_id
  // After a week without news Telegram numbers on from anywhere, also from below what was confirmed: then all of it is new.
  const isNumberedAnew = last !== undefined && last.update_id < (confirm ?? seen)
  const fresh = isNumberedAnew ? updates : updates.filter((update) => update.update_id > seen)
  const of = { webUrl: app.webUrl, bot: String(botIdOf(as.accessToken)) }
  const others = fresh.filter((update) => isPrivate(update) || !isFor(update, as))
  return ok({
    items: fresh.filter((update) => isFor(update, as)).flatMap((update) => fromUpdate(update, app.webUrl, as.scopes)),
    cursor: `${isNumberedAnew ? last.update_id : Math.max(seen, last?.update_id ?? -1)}:${keepFrom ?? ''}`,
    more: isFull,
    reports: others.flatMap((update) => toEvent(update, update, of) ?? []),
  })
}

const Ref = z.object({ chatId: z.number(), messageId: z.number() }) satisfies z.ZodType<AnswerTo>

/** As an answer to that very message, so that it stands in its thread. With files, the words are their caption. */
async function reply(app: AppConfig, as: Credentials, { to, text, media = [], key }: Reply): Answer<Published> {
  const { chatId, messageId } = Ref.parse(to.ref)
  const parent = { externalId: `${chatId}/${messageId}`, url: '', ref: null }
  const wish = compose({ kind: 'reply', text, media, key, replyTo: { root: parent, parent } }, String(chatId))
  if (!wish.ok) return wish
  const sent = await send(app, as.accessToken, wish.value.method, wish.value.carried)
  return sent.ok ? ok(toPublished(app.webUrl, sent.value.body)) : fail(telegramError(sent.error, 'visible', now()))
}

/** An album of ten, as with a post. */
const media: AnswerFiles = { kinds: ['image', 'video', 'document'], max: 10, mixed: true, caption: texts.caption }

export const inbox: Inbox = {
  ways: { comment: ['webhook', 'poll'], dm: ['webhook', 'poll'], reaction: ['webhook', 'poll'] },
  answers: {
    comment: { media },
    dm: {
      media,
      rule: 'A bot can write only to people who wrote to it first and have not blocked it.',
    },
  },
  poll,
  read(event, _app, as) {
    const update = Update.safeParse(event.raw)
    return update.success ? fromUpdate(update.data, 'https://t.me', as?.scopes ?? []) : []
  },
  fetchFile,
  reply,
}
