import type { Understood } from '@/lib/inbox/schema'
import type { EmotionName, ToxicKind } from '@/lib/language/schema'

/** Each emotion, in a word. */
export const emotionWords: Readonly<Record<EmotionName, string>> = {
  joy: 'Joy',
  love: 'Love',
  anger: 'Anger',
  sadness: 'Sadness',
  fear: 'Fear',
  disgust: 'Disgust',
  surprise: 'Surprise',
}
/** How a text hurts. */
export const toxicWords: Readonly<Record<ToxicKind, string>> = {
  insult: 'insults',
  profanity: 'swears',
  slur: 'a slur',
  threat: 'threatens',
  sexual: 'sexual',
}

type Personal = Understood['personal'][number]
const personal: Readonly<Record<Personal['kind'], readonly [one: string, many: string]>> = {
  email: ['an email address', 'email addresses'],
  phone: ['a phone number', 'phone numbers'],
  card: ['a card number', 'card numbers'],
  iban: ['an IBAN', 'IBANs'],
  address: ['a postal address', 'postal addresses'],
}
/** Which personal data there are: “2 phone numbers”. */
export const personalWords = ({ kind, count }: Personal): string =>
  count === 1 ? personal[kind][0] : `${count} ${personal[kind][1]}`

export const signed = (weight: number): string => `${weight > 0 ? '+' : ''}${weight.toFixed(2)}`
export const percent = (share: number): string => `${Math.round(share * 100)} %`

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })
/** What an ISO 639-1 code is called. */
export const languageName = (code: string): string => names.of(code) ?? code
