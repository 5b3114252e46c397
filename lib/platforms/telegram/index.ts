import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok } from '@/lib/core/result'
import { z } from 'zod'
import { noting, withoutExtra } from '../outcome'
import type { Answer, AppConfig, Credentials, Part, Platform, Published } from '../platform'
import { about } from './about'
import { deleteMessage, deleteMessages, pinMessage, send } from './api'
import { compose } from './compose'
import { examine } from './examine'
import { findPublished } from './find'
import { botMethod } from './form'
import { inbox } from './inbox'
import { echoPatienceMs, limits } from './limits'
import { options } from './options'
import { apiVersion, place } from './place'
import { hearsDiscussion, scopesOf, standingIn } from './rights'
import { telegramError, toPublished } from './translate'
import { webhook } from './webhook'

async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const wish = compose(part, as.externalId)
  if (!wish.ok) return wish
  const sent = await send(app, as.accessToken, wish.value.method, wish.value.carried)
  if (!sent.ok) return fail(telegramError(sent.error, 'visible', now()))
  const published = toPublished(app.webUrl, sent.value.body)
  // Bot API 10.1, Message.message_id: a film for a large chat may be put off by Telegram itself.
  if (messagesOf(published).includes(0))
    return fail({
      code: 'outcome_unknown',
      reason: 'Telegram took it, but shows it later and did not say as which message.',
    })
  if (part.options?.pin !== true) return ok(published)
  return ok({ ...published, ...noting(await pin(app, as, published, part.options.silent === true)) })
}

const unsurePin =
  'Published, but Telegram did not say that it pinned it. Look there, and pin it yourself if it did not.'

const Ref = z.object({ messageIds: z.array(z.number()).min(1) })

/** The numbers of a post's messages; of one that was proven by a report, the one in its name. */
const messagesOf = ({ ref, externalId }: Published): readonly number[] =>
  Ref.safeParse(ref).data?.messageIds ?? [Number(externalId.split('/')[1])]

/**
 * The post is out whether or not it could be pinned: that must not make it look as if it were not.
 * @returns a note when it was not.
 */
async function pin(app: AppConfig, as: Credentials, published: Published, silent: boolean): Promise<readonly string[]> {
  const [first = 0] = messagesOf(published)
  const pinned = await pinMessage(app, as.accessToken, as.externalId, first, silent)
  if (pinned.ok) return []
  const error = telegramError(pinned.error, 'none', now())
  return [error.code === 'rejected' ? withoutExtra('pinning it', error.reason) : unsurePin]
}

/** Telegram's Bot API: channels and groups that a bot writes into. */
export const telegram: Platform = {
  name: 'telegram',
  label: about.label,
  limits,
  apiVersion,
  place,
  connections: [botMethod],
  threads: true,
  firstComment: false,
  metricsOffered: [],
  options,
  async precheck(app, as, part) {
    if (part.options?.pin !== true) return ok([])
    const standing = await standingIn(app, as.accessToken, as.externalId)
    if (!standing.ok) return standing
    const { chat, rights } = standing.value
    // Bot API 10.1, pinChatMessage.
    const needed = chat.type === 'channel' ? 'can_edit_messages' : 'can_pin_messages'
    const mayPin = rights.includes(needed)
    return ok(mayPin ? [] : ['The bot may not pin here. Grant it that, or leave it out.'])
  },
  settling: (as) =>
    as.scopes.includes(hearsDiscussion) ? { by: 'echo', patienceMs: echoPatienceMs } : { by: 'person' },
  newKey: (at) => ({ createdAt: at.toISOString(), recordKey: newId() }),
  publish,
  findPublished,
  async remove(app, as, published) {
    const ids = messagesOf(published)
    const [only] = ids
    const answer =
      ids.length === 1 && only !== undefined
        ? await deleteMessage(app, as.accessToken, as.externalId, only)
        : await deleteMessages(app, as.accessToken, as.externalId, ids)
    if (answer.ok) return ok(undefined)
    const { error } = answer
    const gone = error.kind === 'refused' && /message to delete not found/i.test(error.problem?.description ?? '')
    return gone ? ok(undefined) : fail(telegramError(error, 'visible', now()))
  },
  async check(app, as) {
    const standing = await standingIn(app, as.accessToken, as.externalId)
    return standing.ok ? ok({ scopes: scopesOf(standing.value) }) : standing
  },
  examine,
  webhook,
  inbox,
}
