import { networkLabels } from '../names'
import { blueskyFacets } from './bluesky'
import { emojiBytesLength } from './emoji-bytes'
import { findEntities } from './entities'
import { countCodePoints, countGraphemes, countUtf8Bytes } from './graphemes'
import { mastodonLength } from './mastodon'
import type { Measure, TextRule } from './rule'
import { telegramVisibleText } from './telegram'
import { weightedLength } from './weighted'

/** Counts `text` as the network of `rule` does. Linear in the length of the text; emptiness is never a problem here. */
export function measure(text: string, rule: TextRule): Measure {
  const shown = rule.unit === 'graphemes' && rule.shortenLinks ? blueskyFacets(text).text : text
  const length = lengthOf(shown, rule)
  const bytes = rule.maxBytes === undefined ? undefined : countUtf8Bytes(shown)
  const problems = [...lengthProblems(length, bytes, rule), ...contentProblems(text, rule)]
  return {
    length,
    max: rule.max,
    remaining: rule.max - length,
    ...(bytes === undefined ? {} : { bytes, maxBytes: rule.maxBytes }),
    fits: problems.length === 0,
    problems,
  }
}

function lengthOf(shown: string, rule: TextRule): number {
  switch (rule.unit) {
    case 'weighted':
      return weightedLength(shown, rule)
    case 'graphemes':
      return countGraphemes(shown)
    case 'mastodon':
      return mastodonLength(shown, rule.urlLength)
    case 'telegram':
      return visibleLength(shown, rule.markup)
    case 'utf16':
      return shown.length
    case 'codePoints':
      return countCodePoints(shown)
    case 'utf8Bytes':
      return countUtf8Bytes(shown)
    case 'emojiBytes':
      return emojiBytesLength(shown)
  }
}

/** Markup that Telegram would refuse counts as it stands; `contentProblems` says what is wrong with it. */
function visibleLength(text: string, markup: 'plain' | 'html'): number {
  const visible = markup === 'html' ? telegramVisibleText(text) : undefined
  return (visible?.ok === true ? visible.text : text).trim().length
}

function lengthProblems(length: number, bytes: number | undefined, rule: TextRule): string[] {
  const label = networkLabels[rule.network]
  const unit = rule.unit === 'utf8Bytes' ? 'bytes' : 'characters'
  const problems: string[] = []
  if (length > rule.max) problems.push(`${label} counts ${length} of ${rule.max} ${unit}: remove ${length - rule.max}.`)
  if (bytes !== undefined && rule.maxBytes !== undefined && bytes > rule.maxBytes)
    problems.push(`${label} counts ${bytes} of ${rule.maxBytes} bytes: remove ${bytes - rule.maxBytes}.`)
  return problems
}

function contentProblems(text: string, rule: TextRule): string[] {
  const label = networkLabels[rule.network]
  const problems: string[] = []
  const refused = [...(rule.forbidden ?? '')].filter((character) => text.includes(character))
  if (refused.length > 0) problems.push(`${label} does not accept ${refused.join(' or ')} here: remove it.`)
  if (rule.unit === 'telegram' && rule.markup === 'html') {
    const visible = telegramVisibleText(text)
    if (!visible.ok) problems.push(visible.reason)
  }
  return [...problems, ...tooMany(text, rule)]
}

function tooMany(text: string, rule: TextRule): string[] {
  const limits = [
    ['hashtag', 'hashtags', rule.maxHashtags],
    ['mention', 'mentions', rule.maxMentions],
    ['link', 'links', rule.maxLinks],
    ['cashtag', 'cashtags', rule.maxCashtags],
  ] as const
  if (limits.every(([, , max]) => max === undefined)) return []
  const entities = findEntities(text)
  return limits.flatMap(([kind, plural, max]) => {
    const found = entities.filter((entity) => entity.kind === kind).map(({ value }) => value)
    // The one network that bounds links (Threads) counts an address that is repeated once.
    const count = kind === 'link' ? new Set(found).size : found.length
    if (max === undefined || count <= max) return []
    return [
      `${networkLabels[rule.network]} allows ${max} ${max === 1 ? kind : plural}, this has ${count}: remove ${count - max}.`,
    ]
  })
}
