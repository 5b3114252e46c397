import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part } from '../platform'
import { measure } from '../text'
import { getInstance } from './api'
import { limitsOf } from './limits'
import { mastodonError, mastodonText, toStatus } from './translate'

/** What the server would say today: its numbers may have changed since the account was connected. Reads only. */
export async function precheck(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]> {
  const instance = await getInstance(app, as)
  if (!instance.ok) return fail(mastodonError(instance.error, 'none', now()))
  const limits = limitsOf({ configuration: instance.value.body.configuration ?? {} })
  const host = new URL(as.server ?? app.apiUrl).host
  return ok([...lengthProblems(part, limits), ...pollProblems(part, limits, host)])
}

type Limits = ReturnType<typeof limitsOf>

/** A warning counts together with the text. */
function lengthProblems(part: Part, { text }: Limits): readonly string[] {
  const { spoiler_text: warning = '' } = toStatus(part)
  const { problems, length } = measure(mastodonText(part), text)
  if (!warning) return problems
  const both = length + measure(warning, text).length
  return both <= text.max
    ? []
    : [`With its content warning the post has ${both} of ${text.max} characters: remove ${both - text.max}.`]
}

function pollProblems({ poll }: Part, limits: Limits, host: string): readonly string[] {
  const bounds = limits.poll
  if (!poll || !bounds) return []
  const { options, minutes, option } = bounds
  const long = option ? poll.options.flatMap((text) => measure(text, option).problems) : []
  return [
    ...(poll.options.length > options.max ? [`${host} takes polls of ${options.max} options at most.`] : []),
    ...(poll.minutes < minutes.min || poll.minutes > minutes.max
      ? [`${host} keeps polls open for ${minutes.min} to ${minutes.max} minutes.`]
      : []),
    ...long,
  ]
}
