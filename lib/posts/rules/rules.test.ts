import { describe, expect, test } from 'vitest'
import type { OptionField, PlatformName } from '@/lib/platforms'
import { fieldRules } from '@/lib/platforms/text'
import { judgedAccount } from './judge'
import { strictestAlt } from './alt-rules'
import { priceMicros } from './price'
import { mergedContent, problems, type JudgedAccount, type JudgedMedia } from './rules'
import { PostContent, type PostOverride } from '../schema'

const x = judgedAccount({ id: 'x', platform: 'x', method: 'default', traits: {} })
const linkedin = judgedAccount({ id: 'li', platform: 'linkedin', method: 'default', traits: {} })
const threads = judgedAccount({ id: 'th', platform: 'threads', method: 'account', traits: {} })
const instagram = judgedAccount({ id: 'ig', platform: 'instagram', method: 'account', traits: {} })
const facebook = judgedAccount({ id: 'fb', platform: 'facebook', method: 'page', traits: {} })
const reddit = judgedAccount({ id: 're', platform: 'reddit', method: 'account', traits: {} })
const pinterest = judgedAccount({ id: 'pi', platform: 'pinterest', method: 'account', traits: {} })
const telegram = judgedAccount({ id: 'tg', platform: 'telegram', method: 'bot', traits: {} })
const bluesky = judgedAccount({ id: 'bs', platform: 'bluesky', method: 'default', traits: {} })
const content = (given: Partial<PostContent>) => PostContent.parse(given)
const said = (
  given: Partial<PostContent>,
  account: JudgedAccount = x,
  media: readonly JudgedMedia[] = [],
  override: PostOverride | null = null,
) =>
  problems(content(given), override, account, media)
    .filter((p) => p.severity === 'refusal')
    .map((p) => p.message)
const file = (id: string, more: Partial<JudgedMedia> = {}): JudgedMedia => ({
  id,
  name: `${id}.jpg`,
  kind: 'image',
  mime: 'image/jpeg',
  sizeBytes: 1_000,
  alt: 'A thing',
  ...more,
})
const video = (id: string, more: Partial<JudgedMedia> = {}) =>
  file(id, { kind: 'video', mime: 'video/mp4', durationMs: 10_000, ...more })
const show = (...files: readonly JudgedMedia[]) => said({ mediaIds: files.map((f) => f.id) }, x, files)

describe('what a network would refuse is said in words', () => {
  test('a film that a network does not take as it is encoded is refused with what to do; of one that came before that was read nothing is said', () => {
    const fast = video('v', { codec: 'hevc', soundCodec: 'aac', fps: 119.88 })
    expect(said({ mediaIds: ['v'] }, x, [fast])).toEqual([
      'v.jpg is encoded with H.265; X takes H.264. Convert it to an MP4 that fits, in the media library.',
    ])
    expect(said({ mediaIds: ['v'] }, x, [{ ...fast, codec: 'avc' }])).toEqual([
      'v.jpg has 119.9 frames a second; X takes up to 60. Convert it to an MP4 that fits, in the media library.',
    ])
    expect(said({ mediaIds: ['v'] }, x, [{ ...fast, codec: 'avc', fps: 59.94 }])).toEqual([])
    expect(said({ mediaIds: ['v'] }, x, [video('v', { codec: null, soundCodec: null, fps: null })])).toEqual([])
  })

  test('a text that is too long by one, and one that just fits', () => {
    expect(said({ text: 'a'.repeat(280) })).toEqual([])
    expect(said({ text: 'a'.repeat(281) })).toEqual(['X counts 281 of 280 characters: remove 1.'])
    expect(said({ text: 'a'.repeat(301) }, bluesky)).toEqual(['Bluesky counts 301 of 300 characters: remove 1.'])
  })

  test('less fits beside files and as a poll’s question; tags are no part of it where they are taken as such', () => {
    const html = (given: Partial<PostContent>) => said(given, telegram, [file('a')], { options: { format: 'html' } })
    const bold = (count: number) => `<b>${'a'.repeat(count)}</b>`
    const poll = { options: ['Yes', 'No'], minutes: 60, multiple: false }
    const over = (count: number, max: number) => [`Telegram counts ${count} of ${max} characters: remove 1.`]
    expect(said({ text: 'a'.repeat(1025), mediaIds: ['a'] }, telegram, [file('a')])).toEqual(over(1025, 1024))
    expect(html({ text: bold(1024), mediaIds: ['a'] })).toEqual([])
    expect(html({ text: bold(1025), mediaIds: ['a'] })).toEqual(over(1025, 1024))
    expect(said({ text: 'a'.repeat(301), poll }, telegram)).toEqual(over(301, 300))
    expect(html({ text: bold(300), poll })).toEqual([])
    expect(html({ text: bold(301), poll })).toEqual(over(301, 300))
    const thread = (count: number) => ({ text: 'First', thread: [{ text: bold(count), mediaIds: [] }] })
    expect(html(thread(4096))).toEqual([])
    expect(html(thread(4097))).toHaveLength(1)
  })

  test('nothing at all; a picture or a link alone is something', () => {
    expect(said({ text: ' \n' })).toEqual([expect.stringContaining('nothing to post')])
    expect(show(file('a'))).toEqual([])
    expect(said({ link: 'https://a.com/' })).toEqual([])
  })

  test('a link counts where it goes into the text, with its tags', () => {
    expect(said({ text: 'a'.repeat(256), link: 'https://a.com/' })).toEqual([
      'X counts 281 of 280 characters: remove 1.',
    ])
    expect(said({ text: 'a'.repeat(256), link: 'https://a.com/' }, bluesky)).toEqual([])
    const link = `https://a.com/${'b'.repeat(10)}`
    const text = `${'a'.repeat(3000 - link.length - 1)} ${link}`
    expect(said({ text }, linkedin)).toEqual([])
    expect(said({ text, utm: { source: 'posthorn' } }, linkedin)).toEqual([
      'LinkedIn counts 3020 of 3000 characters: remove 20.',
    ])
  })

  test('files: too many, mixed, too large, too long, of a type it does not take, or gone', () => {
    expect(show(...['a', 'b', 'c', 'd', 'e'].map((id) => file(id)))).toEqual([
      'X takes 4 pictures, this has 5: remove 1.',
    ])
    expect(show(file('a'), file('g', { kind: 'gif', mime: 'image/gif' }))).toEqual([
      expect.stringContaining('one GIF, alone'),
    ])
    expect(show(file('a'), video('v'))).toEqual([expect.stringContaining('pictures or a video, not both')])
    expect(show(video('v'), video('w'))).toEqual([expect.stringContaining('one video per post')])
    expect(show(file('a', { sizeBytes: 6_000_000 }))).toEqual([
      expect.stringContaining('a.jpg has 6.0 MB; X takes up to 5.2 MB'),
    ])
    expect(show(file('g', { kind: 'gif', mime: 'image/gif', sizeBytes: 6_000_000 }))).toEqual([])
    expect(show(video('v', { durationMs: 1_300_000 }))).toEqual([
      expect.stringContaining('lasts 22 min; X takes up to 20 min'),
    ])
    expect(said({ mediaIds: ['a'] }, linkedin, [file('a', { mime: 'image/webp' })])).toEqual([
      expect.stringContaining('does not take WebP'),
    ])
    expect(said({ mediaIds: ['gone'] })).toEqual([expect.stringContaining('gone from the media library')])
  })

  test('a picture that a network does not take as it is comes with what would be done to it, openly', () => {
    const instagram = judgedAccount({ id: 'ig', platform: 'instagram', method: 'account', traits: {} })
    const png = file('a', { name: 'a.png', mime: 'image/png', width: 1_080, height: 1_080 })
    const found = (account: JudgedAccount, ...files: readonly JudgedMedia[]) =>
      problems(content({ mediaIds: files.map(({ id }) => id) }), null, account, files)
    expect(found(instagram, png)).toEqual([
      expect.objectContaining({
        severity: 'refusal',
        message: 'Instagram does not take PNG (a.png). It takes JPEG.',
        fit: { mediaId: 'a', changes: ['Turned from PNG into JPEG'] },
      }),
    ])
    expect(found(linkedin, png)).toEqual([])
    const gif = file('g', { kind: 'gif', mime: 'image/gif', width: 100, height: 100 })
    expect(found(instagram, gif).flatMap(({ fit }) => fit ?? [])).toEqual([])
  })

  test('more pixels than a network takes, by its own measure; a picture comes with what would be done to it', () => {
    const judged = (platform: 'instagram' | 'threads' | 'mastodon', method = 'account') =>
      judgedAccount({ id: platform, platform, method, traits: {} })
    const of = (account: JudgedAccount, one: JudgedMedia, override: PostOverride | null = null) =>
      problems(content({ mediaIds: [one.id] }), override, account, [one]).filter((p) => p.severity === 'refusal')
    const camera = file('a', { width: 8_256, height: 5_504 })
    expect(of(telegram, camera)).toEqual([
      expect.objectContaining({
        message: 'a.jpg has 13,760 pixels, width and height together; Telegram takes up to 10,000. Make it smaller.',
        fit: { mediaId: 'a', changes: ['Made smaller, to 6000 × 4000'] },
      }),
    ])
    expect(of(telegram, camera, { options: { asFiles: true } })).toEqual([])
    expect(of(linkedin, camera)).toMatchObject([{ message: expect.stringContaining('takes up to 36,152,320') }])
    const mastodon = judged('mastodon', 'default')
    expect(of(mastodon, camera)).toMatchObject([{ message: expect.stringContaining('takes up to 33,177,600') }])
    const gif = file('g', { kind: 'gif', mime: 'image/gif', width: 1_281, height: 720 })
    expect(of(mastodon, gif)).toMatchObject([{ message: expect.stringContaining('takes up to 921,600') }])
    expect(of(x, gif)).toMatchObject([{ message: expect.stringContaining('is 1,281 pixels wide') }])
    expect(of(telegram, { ...gif, width: 5_000, height: 6_000 })).toEqual([])
    const wide = video('v', { width: 1_921, height: 1_080 })
    for (const platform of ['instagram', 'threads'] as const)
      expect(of(judged(platform), wide)).toMatchObject([{ message: expect.stringContaining('takes up to 1,920') }])
    expect(of(mastodon, { ...wide, width: 4_096, height: 2_160 })).toMatchObject([
      { message: expect.stringContaining('takes up to 8,294,400') },
    ])
  })

  test('a document goes alone, under a title, and only where it is taken', async () => {
    const pdf = file('d', { kind: 'document', name: 'd.pdf', mime: 'application/pdf', alt: 'Our year' })
    const linked = (...files: readonly JudgedMedia[]) => said({ mediaIds: files.map(({ id }) => id) }, linkedin, files)
    expect(linked(pdf)).toEqual([])
    expect(linked(pdf, file('a'))).toEqual(['LinkedIn takes one document, alone. Remove the others.'])
    expect(linked({ ...pdf, alt: ' ' })).toEqual(['LinkedIn shows the title of d.pdf. Give it one.'])
    expect(linked({ ...pdf, alt: 'x'.repeat(401) })).toEqual([expect.stringContaining('remove 1 characters')])
    expect(linked({ ...pdf, pages: 300 })).toEqual([])
    expect(linked({ ...pdf, pages: 301 })).toEqual([
      'd.pdf: It has 301 pages; LinkedIn takes documents of up to 300. Part it.',
    ])
    expect(linked({ ...pdf, sizeBytes: 105_000_000 })).toEqual([expect.stringContaining('takes documents up to')])
    expect(show(pdf)).toEqual(['d.pdf: X takes no documents.'])
  })

  test('documents stand beside others where files may, and where they are shown apart nothing else does', () => {
    const pdf = file('d', { kind: 'document', name: 'd.pdf', mime: 'application/pdf', alt: 'Our year' })
    const of = (account: JudgedAccount, files: readonly JudgedMedia[], override: PostOverride | null = null) =>
      problems(content({ mediaIds: files.map(({ id }) => id) }), override, account, files)
        .filter(({ severity }) => severity === 'refusal')
        .map(({ message }) => message)
    const discord = judgedAccount({ id: 'di', platform: 'discord', method: 'bot', traits: {} })
    const mixed = [pdf, file('a')]
    expect(of(discord, mixed)).toEqual([])
    expect(of(telegram, [pdf, { ...pdf, id: 'e' }])).toEqual([])
    expect(of(telegram, mixed)).toEqual([
      'Telegram shows documents apart from pictures and videos. Remove one or the other, or choose “Send files as they are”.',
    ])
    expect(of(telegram, mixed, { options: { asFiles: true } })).toEqual([])
    const large = { ...pdf, sizeBytes: 50_000_001 }
    expect(of(telegram, [large])).toEqual([expect.stringContaining('Telegram takes documents up to 50')])
    expect(of(discord, [large])).toEqual([expect.stringContaining('Discord takes documents up to 10')])
  })

  test('an account is judged by the limits of its own server, where they are known', () => {
    const configuration = { media_attachments: { supported_mime_types: ['image/jpeg'], image_size_limit: 2_000 } }
    const mastodon = judgedAccount({ id: 'm', platform: 'mastodon', method: 'default', traits: { configuration } })
    const png = file('a', { name: 'a.png', mime: 'image/png', width: 100, height: 100 })
    expect(said({ mediaIds: ['a'] }, mastodon, [png])).toEqual(['Mastodon does not take PNG (a.png). It takes JPEG.'])
  })

  test('an account with a plan may write more, in its thread and in its first comment, too', () => {
    const of = (subscription: string) =>
      judgedAccount({ id: 'x', platform: 'x', method: 'account', traits: { subscription } })
    const more = {
      text: 'a'.repeat(300),
      thread: [{ text: 'b'.repeat(300), mediaIds: [] }],
      firstComment: 'c'.repeat(300),
    }
    expect(said(more, of('Premium'))).toEqual([])
    expect(said(more, of('None'))).toEqual([
      expect.stringContaining('280'),
      expect.stringMatching(/^Post 2 .*280/),
      expect.stringMatching(/^First comment: .*280/),
    ])
  })

  test('threads and first comments where there are none, or too long', () => {
    const thread = [{ text: 'two', mediaIds: [] }]
    expect(said({ text: 'one', thread })).toEqual([])
    expect(said({ text: 'one', thread }, linkedin)).toEqual([expect.stringContaining('LinkedIn has no threads')])
    expect(
      said({
        text: 'one',
        thread: [
          { text: ' ', mediaIds: [] },
          { text: 'a'.repeat(281), mediaIds: [] },
        ],
      }),
    ).toEqual([
      expect.stringMatching(/^Post 2 of the thread: it is empty/),
      'Post 3 of the thread: X counts 281 of 280 characters: remove 1.',
    ])
    expect(said({ text: 'one', firstComment: 'hi' }, { ...x, firstComment: false })).toEqual([
      expect.stringContaining('first comment'),
    ])
    expect(said({ text: 'one', firstComment: 'a'.repeat(1251) }, linkedin)).toEqual([
      expect.stringMatching(/^First comment: .*remove 1/),
    ])
  })

  test('LinkedIn shows a card or media, unless the link is in the text', () => {
    const given = { text: 'one', link: 'https://a.com/', mediaIds: ['a'] }
    expect(said(given, linkedin, [file('a')])).toEqual([expect.stringContaining('not both')])
    expect(said({ ...given, text: 'see https://a.com/' }, linkedin, [file('a')])).toEqual([])
  })

  test('LinkedIn shows a card or a poll, unless the link is in the text', () => {
    const given = {
      text: 'Which?',
      link: 'https://a.com/',
      poll: { options: ['a', 'b'], minutes: 1_440, multiple: false },
    }
    expect(said(given, linkedin)).toEqual([expect.stringContaining('a poll or a link card, not both')])
    expect(said({ ...given, text: 'Which? https://a.com/' }, linkedin)).toEqual([])
  })

  test('Threads counts a link where it has no card: beside a poll, and in a post for a day', () => {
    const given = { text: 'a'.repeat(490), link: `https://a.com/${'b'.repeat(26)}` }
    const poll = { options: ['a', 'b'], minutes: 1_440, multiple: false }
    const tooLong = ['Threads counts 532 of 500 characters: remove 32.']
    expect(said(given, threads)).toEqual([])
    expect(said({ ...given, poll }, threads)).toEqual(tooLong)
    expect(said(given, threads, [], { options: { format: 'ghost' } })).toEqual(tooLong)
  })

  test.each([
    { account: instagram, label: 'Instagram' },
    { account: facebook, label: 'Facebook' },
  ])('a story on $label shows neither text nor link, and nobody is told to put one into the other', (story) => {
    const upright = file('a', { width: 1080, height: 1920 })
    const given = { text: 'See https://a.com/', link: 'https://a.com/', mediaIds: ['a'] }
    const found = problems(content(given), { options: { format: 'story' } }, story.account, [upright])
    expect(found.map(({ field, severity }) => [field, severity])).toEqual([
      ['text', 'advice'],
      ['link', 'advice'],
    ])
    expect(found[1]?.message).toBe(`${story.label} shows no link in this format: the one of this post is left out.`)
  })

  test('Reddit wants a link where a link is what is posted, and takes no file there', () => {
    const as: PostOverride = { options: { subreddit: 'coffee', format: 'link' } }
    const given = { title: 'Beans', link: 'https://a.com/' }
    expect(said(given, reddit, [], as)).toEqual([])
    expect(said({ title: 'Beans' }, reddit, [], as)).toEqual(['Reddit wants a link here. Add one.'])
    expect(said({ ...given, mediaIds: ['v'] }, reddit, [video('v')], as)).toEqual([
      'Reddit takes no videos here. Remove v.jpg.',
    ])
    expect(said({ ...given, mediaIds: ['a'] }, reddit, [file('a')], as)).toEqual([
      'Reddit takes no pictures here. Remove a.jpg.',
    ])
  })

  test('Telegram shows a GIF alone, unless files are sent as they are', () => {
    const gif = file('g', { kind: 'gif', mime: 'image/gif' })
    const alone = 'Telegram shows a GIF alone. Remove it or the other files, or choose “Send files as they are”.'
    const given = { mediaIds: ['g', 'a'] }
    const asFiles = { options: { asFiles: true } }
    expect(said({ mediaIds: ['g'] }, telegram, [gif])).toEqual([])
    expect(said(given, telegram, [gif, file('a')])).toEqual([alone])
    expect(said({ mediaIds: ['g', 'h'] }, telegram, [gif, { ...gif, id: 'h' }])).toEqual([alone])
    expect(said(given, telegram, [gif, file('a')], asFiles)).toEqual([])
    const thread = { text: 'one', thread: [{ text: 'two', ...given }] }
    expect(said(thread, telegram, [gif, file('a')])).toEqual([`Post 2 of the thread: ${alone}`])
    expect(said(thread, telegram, [gif, file('a')], asFiles)).toEqual([])
  })

  test('a film on Pinterest and its cover are described, in the one text that a pin has', () => {
    const as: PostOverride = { options: { board: '1', format: 'video' } }
    const files = [video('v', { width: 1000, height: 1500 }), file('a')]
    const found = (film: string, cover: string) =>
      problems(content({ mediaIds: ['v', 'a'], alts: { v: film, a: cover } }), as, pinterest, files).map(
        ({ severity, message }) => `${severity}: ${message}`,
      )
    expect(found('', '')).toEqual([
      expect.stringMatching(/^advice: Describe v/),
      expect.stringMatching(/^advice: Describe a/),
    ])
    expect(found('x'.repeat(501), 'A cup')).toEqual([
      'refusal: The description of v.jpg is too long for Pinterest: remove 1 characters.',
    ])
    expect(found('x'.repeat(250), 'y'.repeat(249))).toEqual([])
    expect(found('x'.repeat(500), 'x'.repeat(500))).toEqual([])
    expect(found('x'.repeat(250), 'y'.repeat(250))).toEqual([
      expect.stringMatching(/^advice: Pinterest has one description for all files of a post, .*remove 1\.$/),
    ])
  })

  test('a picture nobody described is advice and stops nothing', () => {
    const found = problems(content({ mediaIds: ['a'] }), null, x, [file('a', { alt: '' })])
    expect(found).toMatchObject([{ field: 'alt', severity: 'advice', accountId: 'x', platform: 'x' }])
    expect(problems(content({ mediaIds: ['a'], alts: { a: 'Ours' } }), null, x, [file('a', { alt: '' })])).toEqual([])
  })
})

const withLimits = (more: Partial<JudgedAccount['limits']>, options: readonly OptionField[] = []): JudgedAccount => ({
  ...x,
  limits: { ...x.limits, ...more },
  options,
})

describe('what is no post, or has nobody answering', () => {
  const on = (platform: PlatformName, method: string, traits = {}) =>
    judgedAccount({ id: platform, platform, method, traits })
  const discord = on('discord', 'bot', { channelType: 0 })
  const poll = { options: ['Dark', 'Light'], minutes: 1_440, multiple: false }

  test('a link or a title alone, where the network wants words', () => {
    const link = 'https://a.com/'
    expect(said({ link }, threads)).toEqual(['Threads wants a text. Write one.'])
    expect(said({ link, text: 'Read' }, threads)).toEqual([])
    expect(said({ mediaIds: ['a'] }, threads, [file('a', { width: 1_000, height: 1_000 })])).toEqual([])
    expect(said({ title: 'Our film' }, discord)).toEqual([expect.stringContaining('nothing to post on Discord')])
    expect(said({ title: 'Our film', link }, discord)).toEqual([])
  })

  test('a poll without words, where they are what it asks', () => {
    for (const account of [discord, telegram, on('mastodon', 'account')])
      expect(said({ poll }, account)).toEqual([`${account.label} wants words with a poll. Write what it asks.`])
    expect(said({ poll, link: 'https://a.com/' }, discord)).toHaveLength(1)
    expect(said({ poll }, threads)).toEqual(['Threads wants a text. Write one.'])
    expect(said({ poll })).toEqual([])
  })

  test('a first comment under what nobody can comment on', () => {
    const under = (account: JudgedAccount, options: Record<string, string>) =>
      problems(content({ text: 'Look', firstComment: 'First' }), { options }, account, [])
        .filter(({ field }) => field === 'firstComment')
        .map(({ message }) => message)
    const youtube = on('youtube', 'channel')
    expect(under(facebook, { format: 'story' })).toEqual([
      'Facebook takes no comments with “Story”. Leave the first comment out there.',
    ])
    expect(under(instagram, { format: 'story' })).toHaveLength(1)
    expect(under(youtube, { madeForKids: 'yes' })).toHaveLength(1)
    expect([under(facebook, { format: 'reel' }), under(instagram, {}), under(youtube, { madeForKids: 'no' })]).toEqual([
      [],
      [],
      [],
    ])
  })

  test('what is closed to some accounts of a network is closed to those alone', () => {
    const options = { visibility: 'CONNECTIONS' }
    expect(said({ text: 'Hello' }, linkedin, [], { options })).toEqual([])
    expect(said({ text: 'Hello' }, on('linkedin', 'page', { page: true }), [], { options })).toEqual([
      expect.stringContaining('A page has followers and no connections.'),
    ])
  })

  test('what must look like something and does not', () => {
    const chosen = (account: JudgedAccount, options: PostOverride['options']) =>
      said({ text: 'Hello' }, account, [], { options })
    expect(chosen(bluesky, { languages: ['Filter coffee'] })).toHaveLength(1)
    expect(chosen(bluesky, { languages: ['en', 'pt-BR', 'zh-Hant-TW'] })).toEqual([])
    expect(chosen(x, { community: 'ü' })).toHaveLength(1)
    expect(chosen(x, { community: '1493446837214187523' })).toEqual([])
  })
})

describe('what only some networks have', () => {
  const title = fieldRules.reddit.title ?? x.limits.text

  test('a title where there is one: needed, too long, or of no concern', () => {
    const reddit = withLimits({ title: { rule: title, required: true } })
    expect(said({ text: 'one' }, reddit)).toEqual(['X wants a title. Write one.'])
    expect(said({ text: 'one', title: 'a'.repeat(300) }, reddit)).toEqual([])
    expect(
      said(
        { text: 'one', title: 'a'.repeat(300) },
        withLimits({ title: { rule: { ...title, max: 100 }, required: false } }),
      ),
    ).toEqual(['Title: Reddit counts 300 of 100 characters: remove 200.'])
    expect(said({ text: 'one', title: 'a'.repeat(300) })).toEqual([])
    expect(said({ title: 'alone' }, reddit)).toEqual([])
    expect(said({ title: 'alone' }, withLimits({ needsText: true, title: { rule: title, required: true } }))).toEqual([
      'X wants a text. Write one.',
    ])
  })

  test('a poll: where there is none, too few answers, empty ones, long ones, and how long it is open', () => {
    const option = fieldRules.x.option ?? x.limits.text
    const minutes = { min: 5, max: 10_080 }
    const limits = { options: { min: 2, max: 4 }, option, minutes, multiple: false, besideMedia: false }
    const polled = withLimits({ poll: limits })
    const poll = (options: string[], more = {}) => ({
      text: 'Which?',
      poll: { options, minutes: 60, multiple: false, ...more },
    })
    expect(said(poll(['a', 'b']), polled)).toEqual([])
    expect(said(poll(['a', 'b']), withLimits({ poll: undefined }))).toEqual([expect.stringContaining('takes no polls')])
    const withFile = { ...poll(['a', 'b']), mediaIds: ['a'] }
    expect(said(withFile, polled, [file('a')])).toEqual([expect.stringContaining('a poll or files, not both')])
    expect(said(withFile, withLimits({ poll: { ...limits, besideMedia: true } }), [file('a')])).toEqual([])
    const asking = withLimits({ poll: { ...limits, question: { option: 'poll_question', max: 10 } } })
    expect(said(poll(['a', 'b']), asking)).toEqual([])
    expect(said({ ...poll(['a', 'b']), text: 'Which one is it?\nChoose.' }, asking)).toEqual([
      expect.stringContaining('the first line of the text has 16'),
    ])
    expect(said({ ...poll(['a', 'b']), text: '' }, asking)).toEqual([expect.stringContaining('wants a question')])
    expect(said(poll(['a']), polled)).toEqual(['X wants at least 2 answers in a poll: add 1.'])
    expect(said(poll(['a', 'b', 'c', 'd', 'e']), polled)).toEqual(['X takes 4 answers in a poll: remove 1.'])
    expect(said(poll(['a', ' ']), polled)).toEqual([expect.stringContaining('Answer 2 of the poll is empty')])
    expect(said(poll(['', ' ', '']), polled)).toContainEqual(
      'Answers 1, 2 and 3 of the poll are empty. Fill them in, or remove them.',
    )
    expect(said(poll(['a', 'a']), polled)).toEqual([expect.stringContaining('answers that differ')])
    expect(said(poll(['a', 'b'.repeat(26)]), polled)).toEqual([expect.stringMatching(/^Answer 2 .*remove 1/)])
    expect(said(poll(['a', 'b'.repeat(101)]), withLimits({ poll: { ...limits, option: undefined } }))).toEqual([
      expect.stringContaining('remove 1'),
    ])
    expect(said(poll(['a', 'b'], { minutes: 4 }), polled)).toEqual([expect.stringContaining('5 min to 7 d, not 4 min')])
    expect(said(poll(['a', 'b'], { multiple: true }), polled)).toEqual([expect.stringContaining('one answer only')])
    const fixed = withLimits({ poll: { ...limits, durations: [1440, 10_080] } })
    expect(said(poll(['a', 'b']), fixed)).toEqual([expect.stringContaining('1 d, 7 d')])
    expect(said(poll(['a', 'b'], { minutes: 1440 }), fixed)).toEqual([])
  })

  test('files it must have, may not have, or may have beside each other', () => {
    const needy = withLimits({ needsMedia: ['image', 'video'] })
    expect(said({ text: 'one' }, needy)).toEqual(['X wants a picture or a video here. Add one.'])
    expect(said({ mediaIds: ['a'] }, needy, [file('a')])).toEqual([])
    expect(said({ mediaIds: ['a'] }, withLimits({ needsMedia: ['video'] }), [file('a')])).toEqual([
      'X wants a video here. Add one.',
    ])
    const films = withLimits({ images: { ...x.limits.images, max: 0 } })
    expect(said({ mediaIds: ['a'] }, films, [file('a')])).toEqual(['X takes no pictures here. Remove a.jpg.'])
    const mixed = withLimits({ mixedMax: 2 })
    const three = [file('a'), video('v'), video('w')]
    expect(said({ mediaIds: ['a', 'v'] }, mixed, three)).toEqual([])
    expect(said({ mediaIds: ['a', 'v', 'w'] }, mixed, three)).toEqual(['X takes 2 files, this has 3: remove 1.'])
    const oneFilm = withLimits({ mixedMax: 2, video: { ...x.limits.video, max: 1 } })
    expect(said({ mediaIds: ['a', 'v'] }, oneFilm, three)).toEqual([])
    expect(said({ mediaIds: ['v', 'w'] }, oneFilm, three)).toEqual(['X takes one video per post: remove 1.'])
  })

  test('files that are too heavy together', () => {
    const heavy = withLimits({ filesMaxBytes: 3_000_000 })
    const [one, two] = [file('a', { sizeBytes: 2_000_000 }), file('b', { sizeBytes: 2_000_000 })]
    expect(said({ mediaIds: ['a'] }, heavy, [one])).toEqual([])
    expect(said({ mediaIds: ['a', 'b'] }, heavy, [one, two])).toEqual([
      'The files have 4.0 MB together; X takes up to 3.0 MB in one post. Make them smaller, or remove one.',
    ])
  })

  test('the shape and width of what is shown', () => {
    const shaped = withLimits({
      images: { ...x.limits.images, ratio: { min: 0.8, max: 1.91 }, width: { min: 320, max: 1440 } },
      video: { ...x.limits.video, ratio: { min: 9 / 16, max: 9 / 16 } },
    })
    const shown = (one: JudgedMedia) => said({ mediaIds: [one.id] }, shaped, [one])
    expect(shown(file('a', { width: 1080, height: 1350 }))).toEqual([])
    expect(shown(file('a'))).toEqual([])
    expect(shown(file('a', { width: 1080, height: 1920 }))).toEqual([
      'a.jpg is too tall for X: 1080 × 1920 is 9:16, and it takes 4:5 to 1.91:1. Crop it.',
    ])
    expect(shown(file('a', { width: 200, height: 200 }))).toEqual([expect.stringContaining('wants at least 320')])
    expect(shown(file('a', { width: 2000, height: 2000 }))).toEqual([expect.stringContaining('takes up to 1440')])
    expect(shown(video('v', { width: 720, height: 1280 }))).toEqual([])
    expect(shown(video('v', { width: 1280, height: 720 }))).toEqual([expect.stringContaining('too wide')])
  })

  test('where there are no descriptions nobody is asked for one, nor refused', () => {
    const mute = withLimits({ images: { ...x.limits.images, altMax: 0 } })
    const given = { mediaIds: ['a'], alts: { a: 'A thing' } }
    expect(problems(content(given), null, mute, [file('a', { alt: '' })])).toEqual([])
    expect(problems(content({ mediaIds: ['a'] }), null, mute, [file('a', { alt: '' })])).toEqual([])
  })

  test('a film is described where its network has words for films, and they have its bound', () => {
    const spoken = withLimits({ video: { ...x.limits.video, altMax: 10 } })
    const film = video('v', { alt: '' })
    const said = (alt: string, account = spoken) =>
      problems(content({ mediaIds: ['v'], alts: { v: alt } }), null, account, [film]).map((one) => one.severity)
    expect([said(''), said('x'.repeat(10)), said('x'.repeat(11))]).toEqual([['advice'], [], ['refusal']])
    expect([said('', x), said('x'.repeat(11), x)]).toEqual([[], []])
  })

  test('the strictest network is one that has descriptions at all', () => {
    const limits = (altMax: number) => withLimits({ images: { ...x.limits.images, altMax } }).limits
    expect(strictestAlt('image', [limits(0), limits(1_500), limits(500)])).toBe(500)
    expect(strictestAlt('image', [limits(0)])).toBeUndefined()
    expect(strictestAlt('video', [limits(500)])).toBeUndefined()
  })

  test('a format has limits of its own', () => {
    const choices = ['post', 'story'].map((value) => ({ value, label: value }))
    const format = {
      name: 'format',
      label: 'Format',
      required: false,
      preset: 'post',
      input: { kind: 'choice', choices },
    } as const
    const account = withLimits(
      { formats: { story: { text: { ...x.limits.text, max: 0 }, video: { ...x.limits.video, maxMs: 5_000 } } } },
      [format],
    )
    const film = video('v')
    const given = { text: 'a'.repeat(281), mediaIds: ['v'] }
    expect(said(given, account, [film])).toEqual([expect.stringContaining('281 of 280')])
    const story = { options: { format: 'story' } }
    expect(said(given, account, [film], story)).toEqual([expect.stringContaining('takes up to 5.0 s')])
    expect(problems(content(given), story, account, [film])).toContainEqual(
      expect.objectContaining({ field: 'text', severity: 'advice' }),
    )
  })
})

describe('what a network asks about a post', () => {
  const choices = [
    { value: 'all', label: 'Everyone' },
    { value: 'me', label: 'Only me', closed: 'The creator closed it.' },
  ]
  const digits = { pattern: '\\d+|none', wants: 'a number' }
  const options: readonly OptionField[] = [
    { name: 'privacy', label: 'Who can see this', required: true, preset: 'all', input: { kind: 'choice', choices } },
    { name: 'board', label: 'Board', required: false, input: { kind: 'list' } },
    { name: 'section', label: 'Section', required: false, input: { kind: 'list', after: 'board' } },
    { name: 'warning', label: 'Content warning', required: false, input: { kind: 'text', max: 5 } },
    { name: 'comments', label: 'Allow comments', required: false, input: { kind: 'flag' } },
    { name: 'tags', label: 'Tags', required: false, input: { kind: 'tags', max: 2, maxEach: 3 } },
    { name: 'cover', label: 'Cover', required: true, formats: ['reel'], input: { kind: 'text', max: 5 } },
    { name: 'place', label: 'Place', required: false, input: { kind: 'text', max: 5, form: digits } },
    { name: 'rooms', label: 'Rooms', required: false, input: { kind: 'tags', max: 3, maxEach: 5, form: digits } },
  ]
  const asking = withLimits({}, options)
  const answered = (given: NonNullable<PostOverride['options']>) =>
    said({ text: 'one' }, asking, [], { options: { privacy: 'all', ...given } })

  test('what must be answered by a person has no default, and is asked for in words', () => {
    expect(said({ text: 'one' }, asking)).toEqual(['X wants you to choose “Who can see this”.'])
    expect(answered({})).toEqual([])
  })

  test('answers that it does not know, may not be given now, or are of the wrong kind', () => {
    expect(answered({ privacy: 'none' })).toEqual([expect.stringContaining('does not know “none”')])
    expect(answered({ privacy: 'me' })).toEqual([expect.stringContaining('The creator closed it.')])
    expect(answered({ comments: 'yes' })).toEqual([expect.stringContaining('yes or no')])
    expect(answered({ made_up: true })).toEqual([expect.stringContaining('no setting named “made_up”')])
    expect(answered({ section: 's' })).toEqual([expect.stringContaining('Choose that first')])
    expect(answered({ section: 's', board: 'b' })).toEqual([])
    expect(answered({ warning: '🐝'.repeat(5) })).toEqual([])
    expect(answered({ warning: '🐝'.repeat(6) })).toEqual([expect.stringContaining('remove 1 of 6')])
    expect(answered({ tags: ['abc', 'abcd', 'ab'] })).toEqual([
      expect.stringContaining('takes 2, this has 3'),
      expect.stringContaining('“abcd” is longer'),
    ])
    expect(answered({ tags: ['🐝🐝🐝'] })).toEqual([])
  })

  test('answers that have not the form that is wanted, each by itself', () => {
    expect(answered({ place: ' 17 ', rooms: ['1', 'none'] })).toEqual([])
    expect(answered({ place: '17a' })).toEqual(['Place: X wants a number, not “17a”.'])
    expect(answered({ place: 'none5' })).toEqual(['Place: X wants a number, not “none5”.'])
    expect(answered({ rooms: ['1', 'two', 'three4'] })).toEqual([
      'Rooms: X wants a number, not “two”.',
      expect.stringContaining('“three4” is longer'),
    ])
    expect(answered({ place: 'Harbour' })).toEqual([expect.stringContaining('too long')])
  })

  test('what another format asks is not asked, and an answer to it is let be', () => {
    expect(answered({ cover: 'kept from before, and too long' })).toEqual([])
  })
})

test('an override says what differs: null takes away, absent keeps', () => {
  const post = content({ text: 'all', link: 'https://a.com/', firstComment: 'first' })
  expect(mergedContent(post, { text: 'own' })).toEqual({ ...post, text: 'own' })
  expect(mergedContent(post, { link: null, firstComment: null })).toMatchObject({
    text: 'all',
    link: undefined,
    firstComment: undefined,
  })
  expect(mergedContent(post, null)).toBe(post)
  const card = { ...post, linkTitle: 'Of a.com', linkDescription: 'What is there' }
  expect(mergedContent(card, { text: 'own', link: 'https://a.com/' })).toMatchObject({ linkTitle: 'Of a.com' })
  expect(mergedContent(card, { linkTitle: 'Own' })).toMatchObject({
    linkTitle: 'Own',
    linkDescription: 'What is there',
  })
  expect(mergedContent(card, { link: 'https://b.com/', linkDescription: 'Own' })).toMatchObject({
    link: 'https://b.com/',
    linkTitle: undefined,
    linkDescription: 'Own',
  })
})

test('the price counts every part, and a link makes it dearer', () => {
  const post = content({ text: 'one', thread: [{ text: 'https://a.com/', mediaIds: [] }], firstComment: 'c' })
  expect(priceMicros(post, null, x)).toBe(15_000 + 200_000 + 15_000)
  // The composer judges what is not parsed yet.
  expect(priceMicros({ ...post, firstComment: ' ' }, null, x)).toBe(15_000 + 200_000)
  expect(priceMicros(post, { link: 'https://a.com/' }, x)).toBe(200_000 + 200_000 + 15_000)
  expect(priceMicros(post, null, bluesky)).toBeUndefined()
  for (const text of ['See northwind.coffee/menu', 'See northwind.coffee.', 'HTTPS://A.COM/x'])
    expect(priceMicros(content({ text }), null, x)).toBe(200_000)
  for (const text of ['At 9.30, or later', 'ada@northwind.coffee'])
    expect(priceMicros(content({ text }), null, x)).toBe(15_000)
})
