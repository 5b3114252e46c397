import { day, hour, minute, second } from '@/lib/core/clock'
import { codecLabel, typeLabels } from '@/lib/media/schema'
import type { Limits } from '@/lib/platforms'
import { linkPlace, type LinkPlace } from '@/lib/platforms/limits'
import type { Counting, TextRule } from '@/lib/platforms/text'
import { between } from '@/lib/posts/rules/media-rules'

/* What a rule says, in words. */

export const number = (value: number): string => value.toLocaleString('en-US')
const many = (count: number, thing: string): string => `${number(count)} ${thing}${count === 1 ? '' : 's'}`
export const upTo = (count: number, thing: string): string => (count === 0 ? 'none' : `up to ${many(count, thing)}`)
type Said = string | false | 0 | undefined
const isSaid = (part: Said): part is string => Boolean(part)
export const said = (parts: readonly Said[]): string => parts.filter(isSaid).join('; ')

/** In the unit that its maker counts in, so that it is a whole number. */
export function size(bytes: number): string {
  const units = [
    [1024 ** 3, 'GiB'],
    [1024 ** 2, 'MiB'],
    [10 ** 9, 'GB'],
    [10 ** 6, 'MB'],
  ] as const
  const [unit, name] = units.find(([each]) => bytes % each === 0) ?? [1, 'bytes']
  return `${number(bytes / unit)} ${name}`
}

export function time(ms: number): string {
  const units = [
    [day, 'day'],
    [hour, 'hour'],
    [minute, 'minute'],
  ] as const
  const [unit, name] = units.find(([each]) => ms % each === 0) ?? [second, 'second']
  const exact = many(ms / unit, name)
  return unit < day && ms > 3 * day ? `${exact} (about ${many(Math.round(ms / day), 'day')})` : exact
}

const counted: { readonly [Unit in Counting['unit']]: (rule: TextRule) => string } = {
  weighted: (rule) => ('urlLength' in rule ? `weighted characters, a link as ${rule.urlLength}` : ''),
  graphemes: (rule) => `graphemes${'shortenLinks' in rule && rule.shortenLinks ? ', links as they are shown' : ''}`,
  mastodon: (rule) =>
    'urlLength' in rule ? `graphemes, a link as ${rule.urlLength}, a mention without its server` : '',
  telegram: () => 'UTF-16 units without the markup',
  utf16: () => 'UTF-16 units',
  codePoints: () => 'characters',
  utf8Bytes: () => 'bytes of UTF-8',
  emojiBytes: () => 'characters, an emoji as its UTF-8 bytes',
}

export function text(rule: TextRule | undefined): string {
  if (!rule || rule.max === 0) return 'none'
  const { max, maxBytes, maxHashtags, maxMentions, maxLinks, maxCashtags, forbidden } = rule
  return said([
    `up to ${number(max)} ${counted[rule.unit](rule)}${rule.verified ? '' : ' (not verified)'}`,
    maxBytes && many(maxBytes, 'byte'),
    maxHashtags && many(maxHashtags, 'hashtag'),
    maxMentions && many(maxMentions, 'mention'),
    maxLinks && many(maxLinks, 'link'),
    maxCashtags && many(maxCashtags, 'cashtag'),
    forbidden && `without \`${forbidden}\``,
  ])
}

const alt = (max: number | undefined, { altsMax }: Limits): string =>
  max ? `described in ${upTo(max, 'character')}${altsMax ? ', all files together' : ''}` : 'not described'

export function pictures(limits: Limits): string {
  const {
    max,
    mimes,
    maxBytes,
    gifMaxBytes = maxBytes,
    ratio,
    width,
    pixels,
    sum,
    gif,
    untouched,
    altMax,
  } = limits.images
  if (max === 0) return 'none'
  return said([
    `${upTo(max, 'picture')}: ${typeLabels(mimes)}`,
    `${size(maxBytes)} each${mimes.includes('image/gif') && gifMaxBytes !== maxBytes ? `, a GIF ${size(gifMaxBytes)}` : ''}`,
    ratio && `${between(ratio)} (width to height)`,
    width && `${number(width.min)} to ${number(width.max)} pixels wide`,
    pixels && upTo(pixels, 'pixel'),
    sum && `width and height together ${upTo(sum, 'pixel')}`,
    untouched && `neither shape nor pixels matter with \`${untouched.by}\``,
    gif?.pixels && `a GIF ${upTo(gif.pixels, 'pixel')}`,
    gif?.width && gif.height && `a GIF up to ${number(gif.width)} × ${number(gif.height)} pixels`,
    gif?.frames && `a GIF ${upTo(gif.frames, 'frame')}`,
    gif?.pixelsInAll && `a GIF ${upTo(gif.pixelsInAll, 'pixel')} in all its frames`,
    alt(altMax, limits),
  ])
}

export function film(limits: Limits): string {
  const {
    max,
    mimes,
    maxBytes,
    minMs,
    maxMs,
    ratio,
    width,
    pixels,
    sides,
    altMax,
    codecs,
    soundCodecs,
    fps,
    bitsPerSecond,
  } = limits.video
  if (mimes.length === 0) return 'none'
  return said([
    max === undefined ? typeLabels(mimes) : `${upTo(max, 'video')}: ${typeLabels(mimes)}`,
    `up to ${size(maxBytes)}`,
    minMs > 0 ? `${time(minMs)} to ${time(maxMs)}` : `up to ${time(maxMs)}`,
    ratio && `${between(ratio)} (width to height)`,
    width && `up to ${number(width)} pixels wide`,
    pixels && upTo(pixels, 'pixel'),
    sides &&
      `${sides.least} × ${sides.least} to ${number(sides.longer)} × ${number(sides.shorter)} pixels, whichever way up`,
    codecs && codecs.map(codecLabel).join(' or '),
    soundCodecs && `sound in ${soundCodecs.map(codecLabel).join(' or ')}`,
    fps && `${fps.min > 0 ? `${fps.min} to ${fps.max}` : `up to ${fps.max}`} frames a second`,
    bitsPerSecond && `up to ${number(bitsPerSecond / 1_000_000)} Mbit a second`,
    alt(altMax, limits),
  ])
}

/** Files beside each other: of each kind its own number, where there is one. */
function beside(mixedMax: number, kinds: readonly string[], { images, video }: Limits): string {
  const [only = 'file', ...others] = kinds
  if (others.length === 0) return upTo(mixedMax, only)
  return video.max === undefined
    ? `${upTo(mixedMax, 'file')} of any kind`
    : `${upTo(video.max, 'video')} and ${upTo(Math.min(images.max, mixedMax), 'picture')}`
}

export function together(limits: Limits): string {
  const { mixedMax, filesMaxBytes, needsMedia, images, video, documents } = limits
  const hasPictures = images.max > 0
  const hasVideo = video.mimes.length > 0
  const kinds = [hasPictures && 'picture', hasVideo && 'video', documents && 'document'].filter(isSaid)
  if (kinds.length === 0) return 'none'
  const alone = [
    hasPictures && (images.max === 1 ? 'one picture' : 'pictures'),
    hasVideo && 'one video',
    hasPictures && images.mimes.includes('image/gif') && 'one GIF',
    documents && 'one document',
  ].filter(isSaid)
  return said([
    mixedMax ? beside(mixedMax, kinds, limits) : alone.join(', or '),
    images.gifAlone && `a GIF alone, unless \`${images.gifAlone.unless}\` is on`,
    documents?.apart && `documents beside documents alone, unless \`${documents.apart.unless}\` is on`,
    filesMaxBytes !== undefined && `${size(filesMaxBytes)} in all`,
    needsMedia && `there must be a ${needsMedia.map((kind) => (kind === 'image' ? 'picture' : kind)).join(' or a ')}`,
  ])
}

const placed: Readonly<Record<LinkPlace, string>> = {
  text: 'stands in the text, and counts there',
  apart: 'stands apart from the text',
  none: 'none',
}

/** @param asked how the text is counted, where it is the question */
export function questions({ poll }: Limits, asked: TextRule | undefined): string {
  if (!poll) return 'none'
  const { options, option, minutes, durations, multiple, besideMedia, question, needsText, link: way } = poll
  return said([
    `${options.min} to ${options.max} answers of ${option ? number(option.max) : 100} characters`,
    durations
      ? `open for ${durations.map((each) => time(each * minute)).join(', ')}`
      : `open for ${time(minutes.min * minute)} to ${time(minutes.max * minute)}`,
    multiple ? 'one answer or several' : 'one answer',
    needsText && 'with words',
    besideMedia ? 'files may stand beside it' : 'without files',
    way && (way === 'none' ? 'no link beside it, but in the text' : `a link beside it ${placed[way]}`),
    question && `a question of ${number(question.max)} characters`,
    asked && `the text is its question: ${text(asked)}`,
  ])
}

export function link(limits: Limits): string {
  const alone = linkPlace(limits, { media: false, poll: false })
  const beside = linkPlace(limits, { media: true, poll: false })
  return said([
    alone !== 'none' && beside === 'none' ? `${placed[alone]}, without files` : placed[alone],
    limits.link?.card && 'its card has the page’s title, description and picture, brought by Posthorn',
    limits.needsLink && 'there must be one',
  ])
}
