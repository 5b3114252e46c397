import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { endsAll, whyMissing } from '../outcome'
import type { Answer, AnswerFiles, AppConfig, Credentials, Inbox, IncomingPage, Published, Reply } from '../platform'
import { again } from './again'
import { createStatus, listNotifications, serverOf, type CreateStatus } from './api'
import { findStatus } from './find'
import type { AnswerTo } from './incoming'
import { pageSize } from './limits'
import { answersSince } from './own'
import { stream } from './stream'
import { fromNotifications } from './told'
import { mastodonError, statusError, toPublished } from './translate'

const types = ['mention', 'quote', 'favourite', 'reblog'] as const

/**
 * The cursor is the newest notification's number, 0 where there never was one, so that all that come are new; and behind
 * it that of the account's own newest status.
 */
async function poll(app: AppConfig, as: Credentials, given: string | undefined): Answer<IncomingPage> {
  const [cursor, mark] = (given ?? '').split(' ')
  const page = await listNotifications(app, as, { limit: pageSize, types, ...(cursor ? { minId: cursor } : {}) })
  if (!page.ok) return fail(mastodonError(page.error, 'none', now()))
  const oldestFirst = page.value.body.toReversed()
  const items = await fromNotifications(app, as, oldestFirst)
  if (!items.ok) return items
  const told = oldestFirst.at(-1)?.id ?? (cursor || '0')
  const more = Boolean(cursor) && oldestFirst.length === pageSize
  if (more) return ok({ items: items.value, cursor: [told, ...(mark ? [mark] : [])].join(' '), more })
  const own = await answersSince(app, as, mark)
  if (!own.ok && endsAll(own.error) && items.value.length === 0) return own
  // What others said does not wait for what we said ourselves, which is read from where it was another time.
  const upTo = own.ok ? own.value.mark : mark
  const missing = own.ok ? [] : whyMissing('What the account itself answered', own.error)
  return ok({
    items: [...items.value, ...(own.ok ? own.value.items : [])],
    cursor: [told, ...(upTo ? [upTo] : [])].join(' '),
    more: false,
    ...(missing.length > 0 ? { missing } : {}),
  })
}

const Ref = z.object({
  id: z.string(),
  acct: z.string(),
  visibility: z.string(),
  warning: z.string(),
}) satisfies z.ZodType<AnswerTo>

/** To the same few as what it answers; public words are answered without filling public timelines. */
function toAnswer({ to, text, media = [] }: Reply): CreateStatus {
  const { id, acct, visibility, warning } = Ref.parse(to.ref)
  const named = text.toLowerCase().includes(`@${acct.toLowerCase()}`)
  return {
    // Without their name they would not be told of it.
    status: (named ? text : `@${acct} ${text}`).normalize('NFC'),
    in_reply_to_id: id,
    ...(media.length > 0 ? { media_ids: media.map(({ ref }) => String(ref)) } : {}),
    visibility: visibility === 'public' ? 'unlisted' : visibility,
    ...(warning ? { spoiler_text: warning } : {}),
  }
}

async function reply(app: AppConfig, as: Credentials, given: Reply): Answer<Published> {
  const status = toAnswer(given)
  const answer = await createStatus(app, as, status, keyOf(given.key))
  return answer.ok
    ? ok(toPublished(serverOf(app, as), answer.value.body))
    : fail(statusError(answer.error, status, now()))
}

export function keyOf({ recordKey }: Reply['key']): string {
  if (!recordKey) throw new Error('A part for Mastodon without an idempotency key')
  return recordKey
}

/** As with a post; a server may name another number. */
const media: AnswerFiles = { kinds: ['image', 'gif', 'video'], max: 4 }

export const inbox: Inbox = {
  ways: {
    comment: ['stream', 'poll'],
    mention: ['stream', 'poll'],
    dm: ['stream', 'poll'],
    reaction: ['stream', 'poll'],
    share: ['stream', 'poll'],
  },
  answers: { comment: { media }, mention: { media }, dm: { media } },
  poll,
  again,
  stream,
  reply,
  findReply: (app, as, given, since) => findStatus(app, as, toAnswer(given), since),
}
