import { findLinks, type Link } from './links'

/** Something in a text that X makes clickable. Offsets are UTF-16 units, `end` exclusive; `value` is without its sign. */
export type Entity =
  | (Link & { readonly value: string })
  | {
      readonly kind: 'mention' | 'hashtag' | 'cashtag'
      readonly start: number
      readonly end: number
      readonly value: string
    }

const mentions = /[@＠]([A-Za-z0-9_]{1,20})(?:\/[A-Za-z][A-Za-z0-9_-]{0,24})?/g
const notBeforeMention = /[A-Za-z0-9_!#$%&*@＠]/
const retweetBeforeMention = /(?:^|[^A-Za-z0-9_+~.-])rt:?$/i
const notAfterMention = /^(?:[\u0300-\u036F@＠À-ÖØ-öø-ɏɓɔɖɗəɛɣɨɯɲʉʋʻḀ-ỿ]|:\/\/)/

const tagSpecials = '_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7'
const hashtags = new RegExp(`[#＃](?!\uFE0F|\u20E3)([\\p{L}\\p{M}\\p{Nd}${tagSpecials}]+)`, 'gu')
const beforeHashtag = new RegExp(`[\\p{L}\\p{M}\\p{Nd}${tagSpecials}&]$`, 'u')
const letter = /[\p{L}\p{M}]/u
const notAfterHashtag = /^(?:[#＃]|:\/\/)/

const cashtags = /(?<=^|\s)\$([a-z]{1,6}(?:[._][a-z]{1,2})?)(?=$|\s|[!'#%&()*+,\\\-./:;<=>?@[\]^_{|}~$])/gi

/**
 * Links (with a scheme, and bare domains), mentions, hashtags and cashtags, as X finds them, in order and without
 * overlaps: of two that overlap the earlier one stays.
 */
export function findEntities(text: string): Entity[] {
  const links = findLinks(text).map((link) => ({ ...link, value: text.slice(link.start, link.end) }))
  const found: Entity[] = [...links, ...findMentions(text), ...findHashtags(text), ...findCashtags(text)]
  found.sort((a, b) => a.start - b.start)
  let end = 0
  return found.filter((entity) => {
    if (entity.start < end) return false
    end = entity.end
    return true
  })
}

function findMentions(text: string): Entity[] {
  const found: Entity[] = []
  for (const match of text.matchAll(mentions)) {
    const start = match.index
    const end = start + match[0].length
    const before = text.charAt(start - 1)
    const allowed =
      !notBeforeMention.test(before) || retweetBeforeMention.test(text.slice(Math.max(0, start - 4), start))
    if (!allowed || notAfterMention.test(text.slice(end, end + 3))) continue
    found.push({ kind: 'mention', start, end, value: match[0].slice(1) })
  }
  return found
}

function findHashtags(text: string): Entity[] {
  const found: Entity[] = []
  for (const match of text.matchAll(hashtags)) {
    const start = match.index
    const value = match[1] ?? ''
    const end = start + match[0].length
    if (!letter.test(value) || notAfterHashtag.test(text.slice(end, end + 3))) continue
    if (beforeHashtag.test(text.slice(Math.max(0, start - 2), start)) && !/[\uFE0E\uFE0F]/.test(text.charAt(start - 1)))
      continue
    found.push({ kind: 'hashtag', start, end, value })
  }
  return found
}

const findCashtags = (text: string): Entity[] =>
  Array.from(text.matchAll(cashtags), (match) => ({
    kind: 'cashtag',
    start: match.index,
    end: match.index + match[0].length,
    value: match[1] ?? '',
  }))
