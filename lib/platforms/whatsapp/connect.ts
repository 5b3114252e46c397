import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { GraphTrouble } from '../graph'
import type { Answer, AppConfig, ConnectionMethod, Credentials, Feature } from '../platform'
import { getNumber, inspectToken, subscribe, type PhoneNumber } from './api'
import { whatsappError } from './translate'

export const features: readonly Feature[] = [
  { name: 'messages', label: 'Read and answer messages', scopes: ['whatsapp_business_messaging'] },
  { name: 'manage', label: 'Hear of messages, read templates', scopes: ['whatsapp_business_management'] },
]

const failed = (trouble: GraphTrouble) => fail(whatsappError(trouble, 'none', now()))

/** The business account that a number belongs to. */
export const businessIn = ({ health_status }: PhoneNumber): string | undefined =>
  health_status?.entities.find(({ entity_type }) => entity_type === 'WABA')?.id

export async function businessOf(app: AppConfig, as: Credentials): Answer<string> {
  const number = await getNumber(app, as, as.externalId)
  if (!number.ok) return failed(number.error)
  const business = businessIn(number.value.body)
  return business === undefined
    ? fail({ code: 'unavailable', reason: 'WhatsApp does not say which business account the number belongs to.' })
    : ok(business)
}

export const numberMethod: ConnectionMethod = {
  kind: 'form',
  name: 'number',
  label: 'WhatsApp number',
  help: 'In Meta’s business settings make a system user, give it the app and the WhatsApp account with full control, and generate a token that never expires with whatsapp_business_messaging and whatsapp_business_management. The number’s ID is in the app under WhatsApp → API setup.',
  url: 'https://business.facebook.com/settings/system-users',
  refusal: 'WhatsApp does not accept this token for this number. Copy both again.',
  needs: {
    variables: ['WHATSAPP_CLIENT_SECRET', 'WHATSAPP_WEBHOOK_VERIFY_TOKEN'],
    help: 'Create an app of the type “Business” at Meta and add WhatsApp. Its app secret signs every report; the verify token is a word of your own, entered there with the webhook’s address.',
    url: 'https://developers.facebook.com/apps',
  },
  fields: [
    { name: 'number', label: 'Phone number ID', hint: '106540352242922', secret: false, optional: false },
    { name: 'token', label: 'Token of a system user', hint: 'EAA…', secret: true, optional: false },
  ],
  async signIn(app, values) {
    const number = (values.number ?? '').trim()
    // People copy the number itself as often as its ID.
    if (!/^\d{5,20}$/.test(number))
      return fail({
        code: 'rejected',
        reason: 'A phone number ID is a number of about 15 digits, and not the phone number.',
      })
    const as = { accessToken: (values.token ?? '').trim() }
    const found = await getNumber(app, as, number)
    if (!found.ok) return failed(found.error)
    const allowed = await inspectToken(app, as)
    if (!allowed.ok) return failed(allowed.error)
    const { scopes, expires_at: endsAt } = allowed.value.body.data
    const { id, display_phone_number: shown, verified_name: name } = found.value.body
    const business = businessIn(found.value.body)
    // Whether it lets us listen decides over its inbox, not over its connection: the doctor tells what is missing.
    if (business !== undefined) await subscribe(app, as, business)
    return ok([
      {
        kind: 'number',
        handle: shown,
        displayName: name || shown,
        profileUrl: `${app.webUrl}/${shown.replaceAll(/\D/g, '')}`,
        credentials: {
          ...as,
          scopes,
          externalId: id,
          ...(endsAt > 0 ? { accessExpiresAt: new Date(endsAt * 1000).toISOString() } : {}),
        },
      },
    ])
  },
}
