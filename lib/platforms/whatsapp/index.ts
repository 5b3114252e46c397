import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok } from '@/lib/core/result'
import type { Platform } from '../platform'
import { getNumber } from './api'
import { numberMethod } from './connect'
import { examine } from './examine'
import { inbox } from './inbox'
import { limits } from './limits'
import { apiVersion, place } from './place'
import { label, whatsappError } from './translate'
import { webhook } from './webhook'

const day = 24 * 60 * 60_000

/** WhatsApp, by the Cloud API: an inbox, and no place for posts. */
export const whatsapp: Platform = {
  name: 'whatsapp',
  label,
  limits,
  apiVersion,
  place,
  connections: [numberMethod],
  threads: false,
  firstComment: false,
  metricsOffered: [],
  // Nothing can be read back, and every report of a message carries the key that it was sent with.
  settling: () => ({ by: 'echo', patienceMs: day }),
  newKey: (at) => ({ createdAt: at.toISOString(), recordKey: newId() }),
  async publish() {
    return fail({ code: 'rejected', reason: 'WhatsApp has no place for posts. Answer people in the inbox.' })
  },
  async check(app, as) {
    const number = await getNumber(app, as, as.externalId)
    return number.ok ? ok({ scopes: as.scopes }) : fail(whatsappError(number.error, 'none', now()))
  },
  examine,
  webhook,
  inbox,
}
