import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Finding } from '../platform'
import { allowedUpdates, getMe, getWebhookInfo } from './api'
import { botNamedBy, hearsDiscussion, standingIn, mayPost, type Standing } from './rights'
import { telegramError } from './translate'

/** What the bot may do, how its news comes, and whether doubtful posts can prove themselves. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const standing = await standingIn(app, as.accessToken, as.externalId)
  if (!standing.ok) return standing
  const hook = await getWebhookInfo(app, as.accessToken)
  if (!hook.ok) return fail(telegramError(hook.error, 'none', now()))
  const bot = await getMe(app, as.accessToken)
  if (!bot.ok) return fail(telegramError(bot.error, 'none', now()))
  return ok([
    rightsFinding(standing.value),
    reportsFinding(app, hook.value.body),
    ...(standing.value.chat.type === 'channel'
      ? [echoFinding(standing.value)]
      : [privacyFinding(bot.value.body.can_read_all_group_messages === true, standing.value)]),
  ])
}

function rightsFinding(standing: Standing): Finding {
  const about = { name: 'rights', label: 'What the bot may do' } as const
  if (!mayPost(standing))
    return { ...about, state: 'problem', message: 'The bot may not post here. Make it an administrator who may.' }
  const lacking = [
    ['can_delete_messages', 'delete'],
    [standing.chat.type === 'channel' ? 'can_edit_messages' : 'can_pin_messages', 'pin'],
  ].flatMap(([right = '', what = '']) => (standing.rights.includes(right) ? [] : [what]))
  return lacking.length === 0
    ? { ...about, state: 'good', message: 'The bot may post, delete and pin.' }
    : {
        ...about,
        state: 'advice',
        message: `The bot may post, but not ${lacking.join(' or ')}. Grant it that if you use it.`,
      }
}

type Hook = { url: string; last_error_message?: string | undefined; allowed_updates?: string[] | undefined }

function reportsFinding(app: AppConfig, { url, last_error_message: trouble, allowed_updates: allowed }: Hook): Finding {
  const about = { name: 'reports', label: 'How its news comes' } as const
  if (!url)
    return {
      ...about,
      state: 'advice',
      message:
        'Telegram is asked from time to time. News comes at once where TELEGRAM_WEBHOOK_SECRET is set: connect again then.',
    }
  // Connected when the secret was another, or when all bots shared one.
  if (trouble?.includes('401') && app.reportsUrl && url.startsWith(`${app.reportsUrl}?`))
    return {
      ...about,
      state: 'problem',
      message: 'Telegram reports here with a secret that is not this bot’s. Connect again: then it gets its own.',
    }
  if (trouble)
    return { ...about, state: 'problem', message: `Telegram could not report to ${new URL(url).host}: ${trouble}.` }
  if (!botNamedBy(new URL(url)))
    return {
      ...about,
      state: 'problem',
      message: `Telegram reports to ${new URL(url).host}, but not as which bot: none of them is believed. Connect again.`,
    }
  const missing = allowed ? allowedUpdates.filter((kind) => !allowed.includes(kind)) : []
  return missing.length > 0
    ? {
        ...about,
        state: 'advice',
        message: `Telegram does not report ${missing.join(', ')}. Connect again to ask for it.`,
      }
    : { ...about, state: 'good', message: `Telegram reports to ${new URL(url).host}.` }
}

function echoFinding({ rights }: Standing): Finding {
  const about = { name: 'proof', label: 'Proof of doubtful posts' } as const
  return rights.includes(hearsDiscussion)
    ? { ...about, state: 'good', message: 'The bot hears each post again in the discussion group.' }
    : {
        ...about,
        state: 'advice',
        message:
          'A bot cannot read its own posts. Add it to the channel’s discussion group and connect again; until then a person is asked.',
      }
}

function privacyFinding(readsAll: boolean, { rights }: Standing): Finding {
  const about = { name: 'privacy', label: 'What the bot hears' } as const
  return readsAll || rights.some((right) => right.startsWith('can_'))
    ? { ...about, state: 'good', message: 'The bot hears all that is said in the group.' }
    : {
        ...about,
        state: 'advice',
        message:
          'The bot hears only what is said to it. Make it an administrator, or switch its privacy mode off with @BotFather.',
      }
}
