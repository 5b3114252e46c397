import { findAddresses, findEntities, measure, type TextRule } from '@/lib/platforms/text'
import { says } from './said'
import type { BrandVoice, DraftOrigin, DraftProblem } from './schema'

export type Judged = {
  readonly text: string
  readonly origin: DraftOrigin
  readonly rule: TextRule
  readonly voice: BrandVoice
  /** What facts may come from. */
  readonly grounds: readonly string[]
  /** What is answered: from outside, so no fact may come from it. */
  readonly message: string
  readonly authorHandle: string
  /** ISO 639-1, null when it cannot be told. */
  readonly language: { readonly asked: string | null; readonly seen: string | null }
  readonly isToxic: boolean
}

/** Everything that speaks against sending a draft as it is, in sentences. Pure. */
export function problemsOf(draft: Judged): readonly DraftProblem[] {
  const grounds = draft.grounds.join('\n')
  return [
    ...measure(draft.text, draft.rule).problems.map((message) => ({ kind: 'length' as const, message })),
    ...forbiddenIn(draft),
    ...factsOf(draft.text, grounds),
    ...linksAndMentions(draft, grounds),
    ...(draft.origin === 'model' ? [...ungrounded(draft, grounds), ...echoes(draft, grounds)] : []),
    ...languageOf(draft),
    ...toneOf(draft),
  ]
}

const doubtful: ReadonlySet<DraftProblem['kind']> = new Set(['fact', 'link', 'mention', 'ungrounded', 'echo'])

/**
 * How sure a draft may be of itself, 0 to 1: what it says, held down by what we found. A template and a draft without
 * a source are never sure.
 */
export function confidenceAfter(
  own: number,
  {
    origin,
    sources,
    problems,
  }: { readonly origin: DraftOrigin; readonly sources: number; readonly problems: readonly DraftProblem[] },
): number {
  const bounds = [
    1,
    ...(origin === 'template' ? [0.3] : []),
    ...(sources === 0 ? [0.6] : []),
    ...problems.map(({ kind }) => (doubtful.has(kind) ? 0.3 : 0.5)),
  ]
  return Math.max(0, Math.min(Number.isFinite(own) ? own : 0, ...bounds))
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

function forbiddenIn({ text, voice }: Judged): DraftProblem[] {
  return voice.forbidden
    .filter((phrase) => says(text, phrase))
    .map((phrase) => ({
      kind: 'forbidden_word',
      message: `“${phrase}” is a word that never leaves: say it otherwise.`,
    }))
}

const numbers = /\d(?:[\d.,:/’'-]*\d)?/gu
export const bareNumber = (number: string): string => number.replace(/[,’'](?=\d{3}\b)/g, '')

/** What is as good as a promise, in the languages we have templates in. */
export const promises =
  /\b(free of charge|for free|guarantee\w*|refund\w*|discount\w*|voucher\w*|compensat\w*|replacement|kostenlos\w*|gratis|garantier\w*|garantie\w*|erstatt\w*|rückerstatt\w*|rabatt\w*|gutschein\w*|gratuit\w*|rembours\w*|remise\w*|garantiza\w*|garantía\w*|reembols\w*|descuento\w*|rimbors\w*|sconto|desconto\w*)(?!\p{L})/giu

function factsOf(text: string, grounds: string): DraftProblem[] {
  const known = new Set((grounds.match(numbers) ?? []).map(bareNumber))
  const withoutLinks = linksIn(text).reduce((left, link) => left.replaceAll(link, ' '), text)
  const figures = (withoutLinks.match(numbers) ?? []).filter((number) => !known.has(bareNumber(number)))
  const said = grounds.toLowerCase()
  const vows = (text.match(promises) ?? []).filter((word) => !said.includes(word.toLowerCase().slice(0, 6)))
  return [
    ...[...new Set(figures)].map((figure) => `“${figure}” stands in no source: check it, or leave it out.`),
    ...[...new Set(vows)].map((word) => `“${word}” is a promise that stands in no source.`),
  ].map((message) => ({ kind: 'fact', message }))
}

/** What a network would make a link of, and whatever has a scheme besides. */
export const linksIn = (text: string): readonly string[] => [
  ...new Set([
    ...findAddresses(text).map(({ url }) => url),
    ...findEntities(text)
      .filter(({ kind }) => kind === 'link')
      .map(({ value }) => value),
  ]),
]

function linksAndMentions({ text, authorHandle }: Judged, grounds: string): DraftProblem[] {
  const author = authorHandle.replace(/^@/, '').toLowerCase()
  const known = new Set(linksIn(grounds))
  return [
    ...linksIn(text)
      .filter((link) => !known.has(link))
      .map((link) => ({ kind: 'link' as const, message: `${link} stands in no source: check where it leads.` })),
    ...findEntities(text)
      .filter(({ kind, value }) => kind === 'mention' && value.replace(/^@/, '').toLowerCase() !== author)
      .map(({ value }) => ({ kind: 'mention' as const, message: `${value} is not who wrote: leave them out.` })),
  ]
}

/** What anybody says who answers politely: it states nothing. */
const courtesy = new Set(
  `thank thanks you your yours that this have with from they them there their what when where which will would about been
  hello dear good great happy glad please sorry love loved hear hearing know here help more just like very much message
  reaching writing question soon back team take care welcome feel free look into some such hope enjoy best kind regards
  danke vielen dank deine ihre ihnen nachricht frage gerne liebe grüße bitte über euch haben wird werden unser unsere
  freut schön merci beaucoup votre pour bonjour vous nous avec gracias hola para mensaje nuestro nuestra grazie ciao
  messaggio obrigado obrigada olá mensagem bedankt bericht jullie onze voor`.split(/\s+/),
)
/** Shortest word that states something. */
const shortest = 4

function ungrounded({ text, voice }: Judged, grounds: string): DraftProblem[] {
  const ours = wordsOf([grounds, voice.signOff, voice.tone, ...voice.dos].join(' ')).filter(
    (word) => word.length >= shortest,
  )
  // Other forms of a word begin alike.
  const stems = new Set(ours.map((word) => word.slice(0, shortest + 1)))
  const telling = wordsOf(text).filter((word) => word.length >= shortest && !courtesy.has(word))
  const backed = telling.filter((word) => stems.has(word.slice(0, shortest + 1)))
  // A text that says nothing but thanks has nothing to be wrong about; one in capitals or alone is no thanks.
  if (telling.length === 0) return wordsOf(text).length < 3 ? [sourceless] : []
  return backed.length * 2 < telling.length ? [sourceless] : []
}
const sourceless: DraftProblem = {
  kind: 'ungrounded',
  message: 'Most of what it says stands in no source: add it to the knowledge base, or say only what you know.',
}

/** As many words in a row are no accident. */
const run = 5

function echoes({ text, message }: Judged, grounds: string): DraftProblem[] {
  const [said, ours] = [` ${wordsOf(message).join(' ')} `, ` ${wordsOf(grounds).join(' ')} `]
  const words = wordsOf(text)
  for (let at = 0; at + run <= words.length; at += 1) {
    const passage = words.slice(at, at + run).join(' ')
    if (said.includes(` ${passage} `) && !ours.includes(` ${passage} `))
      return [{ kind: 'echo', message: `It repeats the message (“${passage}”): say it in our own words.` }]
  }
  return []
}

function languageOf({ language: { asked, seen } }: Judged): DraftProblem[] {
  return asked && seen && asked !== seen
    ? [{ kind: 'language', message: `It is written in “${seen}”, the person writes “${asked}”.` }]
    : []
}

function toneOf({ text, isToxic }: Judged): DraftProblem[] {
  const loud = (text.match(/\b\p{Lu}{4,}\b/gu) ?? []).length > 2 || /!{2,}/.test(text)
  return [
    ...(isToxic ? ['It sounds offensive.'] : []),
    ...(loud ? ['It shouts: use fewer capitals and exclamation marks.'] : []),
  ].map((message) => ({ kind: 'tone', message }))
}
