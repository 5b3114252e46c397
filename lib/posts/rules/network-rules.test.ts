import { describe, expect, test } from 'vitest'
import {
  platformNames,
  platforms,
  type OptionField,
  type OptionValue,
  type OptionValues,
  type PlatformName,
} from '@/lib/platforms'
import { chosenFormat, isAsked, limitsOf } from './option-rules'
import { judgedAccount } from './judge'
import { placeOfLink, problems, textRule, type JudgedAccount, type JudgedMedia } from './rules'
import { countedPost, exceeded, foreseenAccount } from './upcoming'
import { PostContent, type PostOverride } from '../schema'

const accountOn = (platform: PlatformName): JudgedAccount =>
  judgedAccount({ id: platform, platform, method: platforms[platform].connections[0]?.name ?? '', traits: {} })

/** The format that is there without a choice, and every other. */
const formatsOf = ({ options }: JudgedAccount): readonly (string | undefined)[] => {
  const input = options.find(({ name }) => name === 'format')?.input
  return [undefined, ...(input?.kind === 'choice' ? input.choices.map(({ value }) => value) : [])]
}

function answerTo({ input }: OptionField): OptionValue {
  switch (input.kind) {
    case 'choice':
      return input.choices.find(({ closed }) => !closed)?.value ?? ''
    case 'flag':
      return true
    case 'tags':
      return ['one']
    case 'list':
    case 'text':
      return 'one'
  }
}

/** A file that a network takes by all its numbers. */
function fileFor({ images, video }: JudgedAccount['limits'], kind: JudgedMedia['kind']): JudgedMedia {
  const ratio = (kind === 'video' ? video.ratio : images.ratio) ?? { min: 1, max: 1 }
  const width = kind === 'video' ? 1_080 : Math.min(images.width?.max ?? 1_000, Math.max(images.width?.min ?? 0, 1_000))
  return {
    id: 'file',
    name: kind === 'video' ? 'film.mp4' : 'picture.jpg',
    kind,
    mime: (kind === 'video' ? video.mimes[0] : images.mimes[0]) ?? '',
    sizeBytes: 1_000,
    alt: 'A thing',
    width,
    height: Math.round(width / Math.min(Math.max(1, ratio.min), ratio.max)),
    ...(kind === 'video' ? { durationMs: Math.min(video.maxMs, Math.max(video.minMs, 10_000)) } : {}),
  }
}

const link = 'https://example.com/new/blend'

type Sound = { account: JudgedAccount; content: PostContent; override: PostOverride; media: readonly JudgedMedia[] }

/** The least that a network takes in a format. */
function soundPost(account: JudgedAccount, format: string | undefined): Sound {
  const asked: OptionValues = format === undefined ? {} : { format }
  const needed = account.options.filter(
    (field) => field.required && field.name !== 'format' && isAsked(field, account, asked),
  )
  const options = { ...Object.fromEntries(needed.map((field) => [field.name, answerTo(field)])), ...asked }
  const limits = limitsOf(account, options)
  const kind = limits.needsMedia?.includes('image') ? 'image' : limits.needsMedia?.[0]
  const media = kind ? [fileFor(limits, kind)] : []
  const content = PostContent.parse({
    text: limits.text.max > 0 ? 'Hello' : '',
    ...(limits.title?.required ? { title: 'Hello' } : {}),
    ...(limits.needsLink ? { link } : {}),
    mediaIds: media.map(({ id }) => id),
  })
  // Zod's lists may be written to, and an option's may not.
  return { account, content, override: { options: options as PostOverride['options'] & {} }, media }
}

const refusals = ({ account, content, override, media }: Sound) =>
  problems(content, override, account, media).filter(({ severity }) => severity === 'refusal')

const posting = platformNames.filter((platform) => !platforms[platform].limits.answersOnly)
const cases = posting.flatMap((platform) => {
  const account = accountOn(platform)
  return formatsOf(account).map((format) => ({ name: `${platform} ${format ?? ''}`.trim(), account, format }))
})

test.each(platformNames.filter((platform) => !posting.includes(platform)))(
  '%s takes no posts, and says so once',
  (platform) => {
    const account = accountOn(platform)
    const content = PostContent.parse({ text: 'a'.repeat(9_999) })
    expect(problems(content, null, account, [])).toMatchObject([
      {
        field: 'targets',
        severity: 'refusal',
        message: expect.stringContaining(`${account.label} has no place for posts`),
      },
    ])
  },
)

type Formed = {
  platform: PlatformName
  option: string
  right: readonly OptionValue[]
  wrong: readonly OptionValue[]
}
const formed: readonly Formed[] = [
  {
    platform: 'instagram',
    option: 'people',
    right: [['rosa'], ['@rosa 0.3 .7', 'ada_l.'], ['rosa 0 1.0'], ['1: rosa', '1:ada 0.3 0.7']],
    wrong: [['rosa 3 0.7'], ['ada', 'a b'], ['rosa 0.3'], ['0: rosa'], ['1:'], ['rosa: 1']],
  },
  { platform: 'instagram', option: 'place', right: ['17', ' 17 '], wrong: ['Harbour', '1.7'] },
  { platform: 'instagram', option: 'cover_at', right: ['2', '2.5'], wrong: ['soon', '-1', '2,5'] },
  { platform: 'tiktok', option: 'cover', right: ['2', ' 2.5 '], wrong: ['soon', '-1'] },
  { platform: 'pinterest', option: 'cover', right: ['3'], wrong: ['soon', '2.9', '-4'] },
  {
    platform: 'threads',
    option: 'topic_tag',
    right: ['#Coffee', 'Coffee beans', 'x'.repeat(50), `#${'☕'.repeat(50)}`],
    wrong: ['St. Gallen', 'B&B', '#', '##Coffee', 'x'.repeat(51)],
  },
  { platform: 'youtube', option: 'tags', right: [['coffee', 'slow bar']], wrong: [['coffee', '<b>'], ['a > b']] },
  { platform: 'telegram', option: 'topic', right: ['42', '100'], wrong: ['News', '4.2', '0', '042'] },
]

test.each(formed)('$platform takes $option in its form alone, and says so before anything is scheduled', (one) => {
  const { platform, option, right, wrong } = one
  const sound = soundPost(accountOn(platform), undefined)
  const said = (answer: OptionValue) => {
    const options: OptionValues = { ...sound.override.options, [option]: answer }
    // Zod's lists may be written to, and an option's may not.
    return refusals({ ...sound, override: { options: options as PostOverride['options'] & {} } })
  }
  expect(right.map(said)).toEqual(right.map(() => []))
  expect(wrong.map(said)).toEqual(
    wrong.map(() => [
      expect.objectContaining({ field: 'options', option, message: expect.stringContaining(' wants ') }),
    ]),
  )
})

test.each([
  ['instagram', 'reel'],
  ['facebook', 'video'],
  ['facebook', 'reel'],
  ['pinterest', 'video'],
  ['youtube', 'video'],
] as const)('a post in the format of one film and its cover takes no second film: %s %s', (platform, format) => {
  const sound = soundPost(accountOn(platform), format)
  const limits = limitsOf(sound.account, sound.override.options)
  const film = fileFor(limits, 'video')
  const show = (...files: readonly JudgedMedia[]) => {
    const media = files.map((file, at) => ({ ...file, id: `${at}` }))
    return refusals({ ...sound, content: { ...sound.content, mediaIds: media.map(({ id }) => id) }, media })
  }
  const picture = fileFor(limits, 'image')
  expect([show(film), show(film, picture)]).toEqual([[], []])
  expect(show(film, film)).toMatchObject([{ field: 'media', message: expect.stringContaining('one video') }])
  expect(show(picture)).toMatchObject([{ field: 'media', message: expect.stringContaining('wants a video') }])
  expect(show(film, picture, picture)).toMatchObject([{ field: 'media' }])
})

test('people are in a file that Instagram shows, and of several in pictures alone', () => {
  const sound = soundPost(accountOn('instagram'), undefined)
  const limits = limitsOf(sound.account, sound.override.options)
  const [picture, film] = [fileFor(limits, 'image'), fileFor(limits, 'video')]
  const said = (people: string[], files: readonly JudgedMedia[], more: OptionValues = {}) => {
    const media = files.map((file, at) => ({ ...file, id: `${at}` }))
    // Zod's lists may be written to, and an option's may not.
    const options = { ...sound.override.options, people, ...more } as PostOverride['options'] & {}
    const mediaIds = media.map(({ id }) => id)
    return refusals({ ...sound, content: { ...sound.content, mediaIds }, override: { options }, media })
  }
  const three = [picture, film, picture]
  expect(said(['rosa 0.3 0.7', '3: ada', ' 3:ben 0 1'], three)).toEqual([])
  expect(said(['rosa'], [film])).toEqual([])
  expect(said(['1: rosa'], [film, picture], { format: 'reel' })).toEqual([])
  expect(said(['rosa', '4: ada'], three)).toMatchObject([
    {
      option: 'people',
      message: 'People in it: “4: ada” is about file 4, and this has 3. Put another number before it.',
    },
  ])
  expect(said(['2: rosa'], three)).toMatchObject([{ message: expect.stringContaining('is about file 2, a video.') }])
  expect(said(['rosa'], [film, picture])).toMatchObject([
    { message: expect.stringContaining('is about file 1, a video.') },
  ])
  for (const format of ['reel', 'story'])
    expect(said(['2: rosa'], [film], { format })).toMatchObject([{ message: expect.stringContaining('this has 1.') }])
})

test('the cover of pictures on TikTok is one of them, and of a video none is asked for', () => {
  const sound = soundPost(accountOn('tiktok'), undefined)
  const limits = limitsOf(sound.account, sound.override.options)
  const [picture, film] = [fileFor(limits, 'image'), fileFor(limits, 'video')]
  const said = (coverPicture: string, files: readonly JudgedMedia[]) => {
    const media = files.map((file, at) => ({ ...file, id: `${at}` }))
    const mediaIds = media.map(({ id }) => id)
    const options = { ...sound.override.options, coverPicture }
    return refusals({ ...sound, content: { ...sound.content, mediaIds }, override: { options }, media })
  }
  expect([said('2', [picture, picture]), said('', [picture]), said('9', [film])]).toEqual([[], [], []])
  expect(said('3', [picture, picture])).toMatchObject([
    {
      option: 'coverPicture',
      message: 'Cover picture: there is no picture 3, this has 2. Give the number of another.',
    },
  ])
  for (const odd of ['0', '-1', 'ii'])
    expect(said(odd, [picture])).toMatchObject([{ message: expect.stringContaining('the number of a picture') }])
})

test('of drafts TikTok takes five in a day, counted apart from what is posted', () => {
  const account = foreseenAccount({ id: 't', platform: 'tiktok', method: 'account', handle: 'ada', traits: {} })
  const content = PostContent.parse({ text: 'A film' })
  const many = (count: number, format: string) =>
    Array.from({ length: count }, (_, n) =>
      countedPost(content, { options: { format } }, account, new Date(n * 60_000)),
    )
  expect(exceeded(account, [...many(5, 'inbox'), ...many(15, 'direct')])).toEqual([])
  expect(exceeded(account, many(6, 'inbox'))).toMatchObject([{ max: 5, count: 6 }])
  expect(exceeded(account, many(16, 'direct'))).toMatchObject([{ max: 15, count: 16 }])
})

describe.each(cases)('$name', ({ account, format }) => {
  const sound = soundPost(account, format)
  const limits = limitsOf(account, sound.override.options)

  test('takes the least that it asks for', () => {
    expect(refusals(sound)).toEqual([])
    const chosen = chosenFormat(account, sound.override.options)
    expect(format ?? chosen).toBe(chosen)
  })

  test('says so of a text that is far too long, in its own name', () => {
    const rule = textRule(sound.content, { ...account, limits })
    const long = { ...sound, content: { ...sound.content, text: 'a'.repeat(rule.max + 1) } }
    const found = problems(long.content, long.override, account, long.media).filter(({ field }) => field === 'text')
    expect(found).toMatchObject([{ severity: rule.max > 0 ? 'refusal' : 'advice', accountId: account.id }])
    expect(found[0]?.message).toMatch(rule.max > 0 ? /remove 1\.$/ : /left out/)
  })

  test('asks a person for everything that it must be told', () => {
    const needed = account.options.filter((field) => field.required && isAsked(field, account, sound.override.options))
    const given = sound.override.options ?? {}
    for (const { name } of needed.filter((field) => field.name !== 'format')) {
      const { [name]: _, ...others } = given
      expect(refusals({ ...sound, override: { options: others } })).toContainEqual(
        expect.objectContaining({ field: 'options', option: name }),
      )
    }
    expect(refusals({ ...sound, override: { options: { ...given, nobody_knows: true } } })).toMatchObject([
      { field: 'options', option: 'nobody_knows' },
    ])
  })

  test('takes no poll, or one within its bounds alone', () => {
    const ask = (count: number, minutes: number) =>
      refusals({
        ...sound,
        content: {
          ...sound.content,
          poll: { options: Array.from({ length: count }, (_, at) => `${at + 1}`), minutes, multiple: false },
        },
      }).filter(({ field }) => field === 'poll').length
    const { poll } = limits
    const minutes = poll?.durations?.[0] ?? poll?.minutes.min ?? 60
    expect(ask(poll?.options.min ?? 2, minutes)).toBe(poll ? 0 : 1)
    expect(ask((poll?.options.max ?? 4) + 1, minutes)).toBeGreaterThan(0)
    expect(ask(poll?.options.min ?? 2, (poll?.minutes.max ?? 0) + 1)).toBeGreaterThan(0)
  })

  test('refuses files that are too large, too long, or of a kind that it does not take', () => {
    const say = (file: JudgedMedia) =>
      refusals({ ...sound, content: { ...sound.content, mediaIds: ['file'] }, media: [file] }).map(({ field }) => field)
    const picture = fileFor(limits, 'image')
    const film = fileFor(limits, 'video')
    expect(say({ ...picture, sizeBytes: limits.images.maxBytes + 1 })).toContain('media')
    expect(say({ ...picture, mime: 'image/x-unknown' })).toContain('media')
    expect(say({ ...film, sizeBytes: limits.video.maxBytes + 1 })).toContain('media')
    expect(say({ ...film, durationMs: limits.video.maxMs + 1 })).toContain('media')
  })

  test('a title and a link are needed where it says so', () => {
    const { title: _, link: __, ...without } = sound.content
    const found = refusals({ ...sound, content: without }).map(({ field }) => field)
    expect([found.includes('title'), found.includes('link')]).toEqual([
      limits.title?.required === true,
      limits.needsLink === true,
    ])
  })

  test('a link counts where it goes into the text, stands apart, or is said to be left out', () => {
    const rule = textRule(sound.content, { ...account, limits })
    // Posts are as long as they may be; what has no text has none.
    const content = { ...sound.content, text: 'a'.repeat(rule.max), link }
    const found = problems(content, sound.override, account, sound.media).filter(({ field }) => field !== 'alt')
    const place = placeOfLink(content, { limits })
    const said = { text: { field: 'text', severity: 'refusal' }, none: { field: 'link', severity: 'advice' } }
    expect(found).toMatchObject(place === 'apart' ? [] : [said[place]])
  })
})
