import fc from 'fast-check'
import Papa from 'papaparse'
import { afterAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { wallOf } from '@/lib/core/wall'
import { closeAll, hoursAhead, must, newDesk } from '../desk.test-data'
import { PostContent, PostOverride } from '../schema'
import { makeOccurrences } from '../times/make-occurrences'
import { reschedulePost } from '../times/reschedule'
import { createPost } from '../write/create'
import { deletePost } from '../write/delete'
import { readCsv, writeCsv } from './csv'
import { exportPosts } from './export'
import { readIcs, writeIcs } from './ics'
import { importPosts } from './import'
import { emptyRow } from './row'

afterAll(closeAll)

const isFormula = (cell: string): boolean => /^[=+\-@\t\r]/.test(cell)

/** Words that a table, a calendar, a list or JSON could take for something of its own. */
const pieces = ['a', 'é👩‍🚀', ' ', '  ', '\n', '\t', '=1', '+', '-', '@x', "'", '"', ';', ',', '|', '\\', '\\n', '.', ':', '{}', '[1]', '"a"', '\n---\n', 'minutes=5', 'multiple=yes', 'https://a.example/?b=c#d'] // prettier-ignore
const words = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((some) => some.join(''))
const trimmed = words.map((some) => some.trim() || 'a')
const opt = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 2 })
const pairs = (...names: readonly [string, ...string[]]) =>
  fc.dictionary(fc.constantFrom(...names), words, { noNullPrototype: true })
const poll = fc.record({
  options: fc.array(trimmed, { minLength: 2, maxLength: 4 }),
  minutes: fc.integer({ min: 1, max: 86_400 }),
  multiple: fc.boolean(),
})

describe('what is said of a post', () => {
  const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 })
  const post = fc.record({
    date: fc.constant('2031-03-03'),
    time: fc.constant('09:00'),
    zone: fc.constant('Europe/Zurich'),
    recurrence: fc.constant(''),
    accounts: some(words),
    text: words,
    title: trimmed,
    link: fc.constantFrom('', 'https://a.example/?b=c,d;e'),
    linkTitle: words,
    linkDescription: words,
    media: some(words),
    alts: pairs('one.png', 'two; three.png'),
    options: pairs('x.a', 'tiktok.privacy', 'y'),
    firstComment: words,
    thread: some(words),
    threadMedia: some(some(words)),
    poll: opt(poll),
    utm: pairs('source', 'medium'),
    byAccount: fc.dictionary(words, fc.record({ text: words, options: fc.record({ nsfw: fc.boolean() }) }), {
      noNullPrototype: true,
      maxKeys: 2,
    }),
  })

  test('is read back as it was from a table, whatever it is, and no cell is a formula', () => {
    fc.assert(
      fc.property(fc.array(post, { minLength: 1, maxLength: 3 }), (posts) => {
        const written = writeCsv(posts)
        expect(must(readCsv(written)).rows).toEqual(posts.map((one, at) => ({ ...one, row: at + 2, unread: [] })))
        expect(Papa.parse<string[]>(written).data.flat().filter(isFormula)).toEqual([])
      }),
    )
  })

  test('is read back as it was from a calendar', () => {
    const at = new Date('2031-03-03T08:00:00Z')
    fc.assert(
      fc.property(post, (one) => {
        const event = { ...one, id: '1', excerpt: 'So', publishAt: at.toISOString() }
        expect(must(readIcs(writeIcs('The desk', [event], at))).rows).toEqual([{ ...one, row: 1, unread: [] }])
      }),
    )
  })

  test('that is empty is nothing', () => {
    const { unread: _, ...nothing } = emptyRow
    expect(must(readCsv(writeCsv([nothing]))).rows).toEqual([])
  })
})

type Desk = Awaited<ReturnType<typeof newDesk>>

async function picture(desk: Desk, name: string): Promise<string> {
  const id = newId()
  await prisma.media.create({
    data: {
      id,
      workspaceId: desk.workspace.id,
      kind: 'image',
      mime: 'image/png',
      name,
      sizeBytes: 1,
      sha256: '',
      storageKey: 'none',
      createdById: 'somebody',
    },
  })
  return id
}

/** A workspace's posts without what is of this copy alone; an account that says nothing differently says nothing. */
async function kept(desk: Desk) {
  const posts = await prisma.post.findMany({
    where: { workspaceId: desk.workspace.id, deletedAt: null },
    orderBy: [{ publishAt: 'asc' }, { id: 'asc' }],
    include: { variants: { orderBy: { accountId: 'asc' } }, recurrence: true },
  })
  return posts.map(({ content, publishAt, wallTime, timeZone, variants, recurrence }) => ({
    content: PostContent.parse(content),
    publishAt,
    wallTime,
    timeZone,
    accounts: variants.map(({ accountId, override }) => [
      accountId,
      Object.keys(override ?? {}).length > 0 ? PostOverride.parse(override) : null,
    ]),
    series: recurrence && [recurrence.rule, recurrence.startsAt, recurrence.timeZone],
  }))
}

/** Exports everything, takes it all away, and imports the file. @returns what the export left out */
async function outAndIn(desk: Desk, format: 'csv' | 'ics' = 'csv') {
  const owner = await desk.as('owner')
  const file = must(await exportPosts(owner, { format }))
  await prisma.post.updateMany({ where: { workspaceId: desk.workspace.id }, data: { deletedAt: new Date() } })
  const { imported, skipped } = must(await importPosts(owner, { format, text: file.text }))
  expect(skipped).toEqual([])
  expect(imported).toHaveLength(file.posts)
  const series = await prisma.recurrence.findMany({ where: { workspaceId: desk.workspace.id, madeUntil: null } })
  for (const { id } of series) must(await makeOccurrences(desk.system, { recurrenceId: id }))
  return file.leftOut
}

test('a workspace of posts of every kind comes out of its export as it was', async () => {
  const desk = await newDesk()
  const accounts = [
    await desk.account('x'),
    await desk.account('bluesky', 'two; words'),
    await desk.account('reddit', 'one'),
    await desk.account('reddit', 'two'),
    await desk.account('facebook', 'Same name'),
    await desk.account('facebook', 'Same name'),
  ]
  const files = [await picture(desk, 'one.png'), await picture(desk, 'one.png'), await picture(desk, 'two.png')]
  const shown = fc.subarray(files)
  const thread = fc.array(fc.record({ text: words, mediaIds: shown }), { maxLength: 3 })
  const content = fc
    .record({
      text: words,
      title: opt(trimmed),
      link: opt(fc.constant('https://a.example/?b=c,d;e')),
      linkTitle: opt(words),
      linkDescription: opt(words),
      mediaIds: shown,
      alts: fc.constant<Record<string, string>>({}),
      thread,
      firstComment: opt(trimmed),
      poll: opt(poll),
      utm: opt(pairs('source', 'medium').filter((tags) => Object.keys(tags).length > 0)),
    })
    .chain((one) =>
      one.mediaIds.length === 0
        ? fc.constant(one)
        : fc
            .dictionary(fc.constantFrom(...one.mediaIds), words, { noNullPrototype: true })
            .map((alts) => ({ ...one, alts })),
    )
  const option = fc.oneof(words, fc.boolean(), fc.array(words, { maxLength: 2 }))
  const override = fc.record(
    {
      text: words,
      title: trimmed,
      link: fc.constantFrom(null, 'https://b.example/'),
      linkTitle: words,
      linkDescription: words,
      mediaIds: shown,
      thread,
      firstComment: fc.option(words),
      poll: fc.option(poll),
      options: fc.dictionary(fc.constantFrom('subreddit', 'format', 'nsfw', 'tags'), option, {
        minKeys: 1,
        noNullPrototype: true,
      }),
    },
    { requiredKeys: [] },
  )
  const post = fc.record({
    content,
    targets: fc
      .subarray(accounts)
      .chain((ids) =>
        fc.tuple(...ids.map((accountId) => fc.record({ accountId: fc.constant(accountId), override: opt(override) }))),
      ),
  })
  const owner = await desk.as('owner')
  for (const one of fc.sample(post, { numRuns: 30 })) must(await createPost(owner, PostShape(one)))
  const before = await kept(desk)
  expect(before).toHaveLength(30)
  expect(await outAndIn(desk)).toEqual([])
  expect(await kept(desk)).toEqual(before)
})

/** Without what is undefined, as it comes from a browser. */
const PostShape = <T>(post: T): T => JSON.parse(JSON.stringify(post)) as T

describe('a series', () => {
  async function weekly(rule: string) {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const at = { kind: 'at' as const, wallTime: wallOf(hoursAhead(48), 'Europe/Zurich'), timeZone: 'Europe/Zurich' }
    const targets = [{ accountId: await desk.account('bluesky') }]
    must(await createPost(owner, { content: { text: 'Every week' }, targets, when: at, recurrence: rule }))
    const { id: recurrenceId } = await prisma.recurrence.findFirstOrThrow({ where: { workspaceId: desk.workspace.id } })
    must(await makeOccurrences(desk.system, { recurrenceId }))
    return {
      desk,
      owner,
      posts: await prisma.post.findMany({ where: { recurrenceId }, orderBy: { publishAt: 'asc' } }),
    }
  }

  test('is one row with its rule, and comes again as it came', async () => {
    const { desk, owner } = await weekly('FREQ=WEEKLY;COUNT=5')
    const before = await kept(desk)
    expect(before).toHaveLength(5)
    expect(must(await exportPosts(owner, { format: 'csv' })).posts).toBe(1)
    expect(await outAndIn(desk)).toEqual([])
    expect(await kept(desk)).toEqual(before)
  })

  test('goes on from its next post, as often as is left', async () => {
    const { desk, owner, posts } = await weekly('FREQ=WEEKLY;COUNT=5')
    must(await deletePost(owner, { postId: posts[0]?.id ?? '' }))
    const before = await kept(desk)
    await outAndIn(desk)
    const after = await kept(desk)
    expect(after.map(({ publishAt }) => publishAt)).toEqual(before.map(({ publishAt }) => publishAt))
    expect(after[0]?.series?.[0]).toBe('FREQ=WEEKLY;COUNT=4')
  })

  test('of which a post was moved, and every series of a calendar, is written post by post, and that is said', async () => {
    const { desk, owner, posts } = await weekly('FREQ=WEEKLY;COUNT=3')
    const said = /^The rule by which 3 posts of a series come again/
    expect(must(await exportPosts(owner, { format: 'ics' })).leftOut).toEqual([expect.stringMatching(said)])
    const when = { kind: 'instant' as const, at: hoursAhead(24 * 10) }
    must(await reschedulePost(owner, { postId: posts[1]?.id ?? '', when }))
    const before = await kept(desk)
    expect(await outAndIn(desk)).toEqual([expect.stringMatching(said)])
    expect(await kept(desk)).toEqual(before.map((post) => ({ ...post, series: null })))
  })
})

test('what a file cannot hold is said, post by post counted', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const [x, bluesky] = [await desk.account('x'), await desk.account('bluesky')]
  const projectId = newId()
  await prisma.project.create({ data: { id: projectId, workspaceId: desk.workspace.id, name: 'Spring' } })
  const targets = [{ accountId: x }, { accountId: bluesky }]
  must(await createPost(owner, { content: {} }))
  must(await createPost(owner, { content: { text: 'In a project' }, projectId, targets }))
  const at = { kind: 'instant' as const, at: new Date(hoursAhead(48).getTime() + 30_000) }
  const { postId } = must(await createPost(owner, { content: { text: 'Between minutes' }, targets, when: at }))
  await prisma.variant.updateMany({ where: { postId, accountId: x }, data: { publishAt: hoursAhead(50) } })
  const done = must(await createPost(owner, { content: { text: 'Long ago' }, targets: [{ accountId: x }] }))
  await prisma.post.update({ where: { id: done.postId }, data: { state: 'published' } })
  await prisma.account.update({ where: { id: bluesky }, data: { state: 'disconnected' } })
  const { posts, leftOut } = must(await exportPosts(owner, { format: 'csv' }))
  expect(posts).toBe(3)
  expect(leftOut).toEqual([
    'Posts without a word, a file or an account: 1 post.',
    'The project of 1 post: choose it at the import.',
    'What became of 1 post, such as reviews and results.',
    'The times of single accounts, of 1 post: all get the post’s.',
    'The exact time of 1 post, between two minutes or in the hour that clocks show twice.',
    'Accounts that are disconnected, of 2 posts: connect them again before you import.',
  ])
})

describe('a row that cannot be read', () => {
  test.for([
    ['by account', 'Shorter', '“by account” cannot be read. Write it as JSON, like {"x:@handle":{"text":"Shorter"}}.'],
    ['by account', '{"bluesky":{"text":"So"}}', '“bluesky” in “by account” is not one account of this post.'],
    ['by account', '{"x":{"txt":"So"}}', 'by account: Nothing here is called “txt”.'],
    ['by account', '{"x":{"mediaIds":["gone.png"]}}', 'The library has no file called gone.png. Upload it first.'],
    ['thread media', 'gone.png', 'The library has no file called gone.png. Upload it first.'],
    ['alt texts', 'gone.png=A cup', 'The library has no file called gone.png. Upload it first.'],
  ] as const)('says so: %s is %s', async ([column, cell, why]) => {
    const desk = await newDesk()
    await desk.account('x')
    const text = `accounts,text,${column}\nx,Hello,"${cell.replaceAll('"', '""')}"`
    const outcome = must(await importPosts(await desk.as('owner'), { format: 'csv', text }))
    expect(outcome).toEqual({ imported: [], skipped: [{ row: 2, message: why }] })
  })
})
