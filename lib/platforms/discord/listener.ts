import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials } from '../platform'
import { getMe, type Problem } from './api'
import type { Listener } from './incoming'
import { discordError, placeOf } from './translate'

export const failedRead = (trouble: Trouble<Problem>) => fail(discordError(trouble, 'none', now()))

export const cannotRead = () =>
  fail({ code: 'rejected', reason: 'An incoming webhook cannot read. Connect the channel with a bot.' })

export async function listenerOf(app: AppConfig, as: Credentials): Answer<Listener> {
  const me = await getMe(app, as.accessToken)
  return me.ok ? ok({ ...placeOf(as), me: me.value.body.id, webUrl: app.webUrl }) : failedRead(me.error)
}
