import { findEntities } from './entities'

/** A mention `@[Name](urn:li:…)` or a hashtag template `{hashtag|\#|tag}`: already little text. */
const ready = /@\[(?:\\.|[^\\\]\n]){1,200}\]\(urn:li:[A-Za-z]+:[A-Za-z0-9_-]+\)|\{hashtag\|\\#\|[^|{}\\\n]+\}/g
const reserved = /[\\|{}@[\]()<>#*_~]/g
const escaped = /\{hashtag\|\\#\|([^|{}\\\n]+)\}|\\([\\|{}@[\]()<>#*_~])/g

/**
 * LinkedIn's "little text": reserved characters get a backslash, without which a post is cut at the first of them;
 * hashtags become templates; mentions `@[Name](urn:li:…)` and templates that are already there stay as they are.
 * For posts only: comments are plain text.
 */
export function escapeLittleText(text: string): string {
  return between(text, ready, escapePlain)
}

/** The text as it was before `escapeLittleText`; a hashtag template becomes `#tag`, mentions stay. */
export function unescapeLittleText(little: string): string {
  return between(little, /@\[(?:\\.|[^\\\]\n]){1,200}\]\(urn:li:[A-Za-z]+:[A-Za-z0-9_-]+\)/g, (plain) =>
    plain.replace(escaped, (_, tag?: string, character?: string) =>
      tag === undefined ? (character ?? '') : `#${tag}`,
    ),
  )
}

function escapePlain(text: string): string {
  let out = ''
  let at = 0
  for (const { kind, start, end, value } of findEntities(text)) {
    // A tag with an underscore would need an escape inside the template, which is not documented: plain text is safe.
    if (kind !== 'hashtag' || text.charAt(start) !== '#' || value.includes('_')) continue
    out += text.slice(at, start).replace(reserved, '\\$&') + `{hashtag|\\#|${value}}`
    at = end
  }
  return out + text.slice(at).replace(reserved, '\\$&')
}

/** Applies `change` to what lies between the matches of `kept`. */
function between(text: string, kept: RegExp, change: (piece: string) => string): string {
  let out = ''
  let at = 0
  for (const match of text.matchAll(kept)) {
    out += change(text.slice(at, match.index)) + match[0]
    at = match.index + match[0].length
  }
  return out + change(text.slice(at))
}
