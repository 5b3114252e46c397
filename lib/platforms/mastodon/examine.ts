import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Finding } from '../platform'
import { getInstance, whoAmI } from './api'
import { mastodonError } from './translate'

/** What the server says of itself and of the account's standing there. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const me = await whoAmI(app, as)
  if (!me.ok) return fail(mastodonError(me.error, 'none', now()))
  const instance = await getInstance(app, as)
  if (!instance.ok) return fail(mastodonError(instance.error, 'none', now()))
  const { domain, version, configuration } = instance.value.body
  const { moved, suspended, limited } = me.value.body
  const isModern = Number.parseFloat(version) >= 4.3
  const standing: Finding = {
    name: 'standing',
    label: 'Standing at the server',
    ...(suspended
      ? { state: 'problem', message: `${domain} has suspended this account. Ask its moderators.` }
      : moved
        ? { state: 'problem', message: `This account has moved to ${moved.acct}. Connect that one.` }
        : limited
          ? { state: 'advice', message: `${domain} has limited this account: only followers see its posts.` }
          : { state: 'good', message: 'The account is in good standing.' }),
  }
  return ok([
    standing,
    {
      name: 'server',
      label: 'Server',
      ...(isModern
        ? { state: 'good', message: `${domain} runs ${version}.` }
        : {
            state: 'advice',
            message: `${domain} runs ${version}. Servers before 4.3 sign in without PKCE; ask its administrators to update.`,
          }),
    },
    {
      name: 'limits',
      label: 'Limits of the server',
      ...(configuration?.statuses?.max_characters
        ? {
            state: 'good',
            message: `Posts have up to ${configuration.statuses.max_characters} characters here. Reconnect the account when the server changes that.`,
          }
        : { state: 'advice', message: `${domain} does not name its limits; the usual ones are used.` }),
    },
  ])
}
