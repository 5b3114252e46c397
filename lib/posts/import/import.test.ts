import { afterAll, describe, expect, test } from 'vitest'
import { sha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { cancelPost } from '../times/cancel'
import { createPost } from '../write/create'
import { deletePost } from '../write/delete'
import { readCsv, writeCsv } from './csv'
import { closeAll, must, newDesk } from '../desk.test-data'
import { exportPosts } from './export'
import { readIcs } from './ics'
import { emptyRow } from './row'
import { importPosts, previewImport } from './import'
import { rowHash } from './plan'
import { schedulePost } from '../times/schedule'

afterAll(closeAll)

const table = (...lines: readonly string[]) =>
  ['date,time,zone,accounts,text,link,media,options,thread', ...lines].join('\n')
const { unread: _, ...blank } = emptyRow
const csv = (text: string) => ({ format: 'csv' as const, text })
const postsOf = (workspaceId: string) => prisma.post.findMany({ where: { workspaceId }, orderBy: { publishAt: 'asc' } })

describe('a table', () => {
  test('is read whatever its columns are called, and says what it does not understand', () => {
    const read = must(readCsv('\uFEFFText;First_Comment;Colour\r\n"Two\nlines";Ask us;red\r\n;;\r\nMore;;'))
    expect(read.rows).toMatchObject([
      { row: 2, text: 'Two\nlines', firstComment: 'Ask us' },
      { row: 4, text: 'More' },
    ])
    expect(read.notes).toEqual(['Not understood and left out: colour.'])
  })

  test.each([
    ['no names of columns', 'Hello,world\n1,2', /must name the columns/],
    ['a quotation mark that is never closed', 'text\n"open', /never closed/],
  ])('with %s is refused in words', (_, text, why) => {
    expect(readCsv(text)).toMatchObject({ ok: false, error: { message: expect.stringMatching(why) } })
  })

  test('that was written is read back as it was, and no cell of it is a formula', () => {
    const row = {
      ...blank,
      date: '2031-03-03',
      time: '09:00',
      zone: 'Europe/Zurich',
      accounts: ['x:@ada', 'bluesky'],
      text: '=HYPERLINK("x")\nwith "quotes", and\ttabs',
      title: "'+1",
      link: 'https://a.example/?a=1,2',
      media: ['one.png', 'two.png'],
      options: { 'reddit.subreddit': 'coffee' },
      firstComment: '@ada',
      thread: ['a\nb', '-c'],
    }
    const written = writeCsv([row])
    expect(must(readCsv(written)).rows).toEqual([{ ...row, row: 2, unread: [] }])
    expect(written).not.toMatch(/(^|,|")[=@+]/m)
  })
})

test('a table of blank lines is not read to its end, and after ten broken rules no more are tried', async () => {
  expect(readCsv(`text\nWords${'\n'.repeat(780_000)}`)).toMatchObject({
    error: { message: expect.stringContaining('more than 10000 lines') },
  })
  const rows = Array.from({ length: 12 }, (_, at) => `2031-03-03,09:00,,,Row ${at},FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5`)
  const text = ['date,time,zone,accounts,text,recurrence', ...rows].join('\n')
  const { rows: judged } = must(await previewImport(await (await newDesk()).as('manager'), csv(text)))
  const said = judged.map(({ problems }) => problems[0]?.message)
  expect(new Set(said.slice(0, 10))).toEqual(new Set(['This rule happens too seldom, if ever. Change it.']))
  expect(said.slice(10)).toEqual(Array(2).fill('Correct the repetition rules of the rows above first.'))
})

test('a row that the database would refuse is taken clean, and does not end the import in its middle', async () => {
  const desk = await newDesk()
  const manager = await desk.as('manager')
  const text = table(',,,,First,,,,', ',,,,"a\0b\ud83d",,,,"[""half \\ud83d"",""nul\\u0000""]"', ',,,,Last,,,,')
  const { imported, skipped } = must(await importPosts(manager, csv(text)))
  expect([imported.length, skipped]).toEqual([3, []])
  const post = await prisma.post.findUniqueOrThrow({ where: { id: imported[1]?.postId ?? '' } })
  expect(post.content).toMatchObject({ text: 'ab\ufffd', thread: [{ text: 'half \ufffd' }, { text: 'nul' }] })
})

test('a dry run says of each row what would become of it, and writes nothing', async () => {
  const desk = await newDesk()
  await Promise.all([desk.account('x'), desk.account('bluesky', 'one'), desk.account('bluesky', 'two')])
  const preview = must(
    await previewImport(
      await desk.as('manager'),
      csv(
        table(
          '2031-03-03,09:00,,x:@ada-x,Good morning,,,,',
          '2031-03-03,9:00,Asia/Tokyo,twitter; one,Also fine,,,,',
          '03.03.2031,09:00,,x,Odd date,,,,',
          '2020-01-01,09:00,,x,Long ago,,,,',
          '2031-03-30,02:30,,x,No such time,,,,',
          '2031-03-03,09:00,Mars/Base,x,No such zone,,,,',
          '2031-03-03,09:00,,bluesky,Which one,,,,',
          '2031-03-03,09:00,,nobody,No such account,,,,',
          `2031-03-03,09:00,,x,${'a'.repeat(281)},,,,`,
          `,,,x,${'a'.repeat(281)},,,,`,
          '2031-03-03,09:00,,x,No such file,,gone.png,,',
          '2031-03-03,09:00,,x,Stray setting,,,tiktok.privacy=all,',
          '2031-03-03,09:00,,x,Fetched,,https://a.example/p.png,,',
          '2031-03-03,09:00,,,No account,,,,',
        ),
      ),
    ),
  )
  const said = preview.rows.map(({ row, state, problems }) => [row, state, problems[0]?.message ?? ''])
  expect(said).toEqual([
    [2, 'ready', ''],
    [3, 'ready', ''],
    [4, 'blocked', '“03.03.2031” is not a date. Write it like 2026-11-30.'],
    [5, 'blocked', expect.stringContaining('has passed')],
    [6, 'blocked', expect.stringContaining('does not exist')],
    [7, 'blocked', expect.stringContaining('is not a time zone')],
    [8, 'blocked', '“bluesky” could be bluesky:one or bluesky:two. Write which.'],
    [9, 'blocked', expect.stringContaining('no connected account “nobody”')],
    [10, 'blocked', 'X counts 281 of 280 characters: remove 1.'],
    // A draft may be too long for now.
    [11, 'ready', 'X counts 281 of 280 characters: remove 1.'],
    [12, 'blocked', expect.stringContaining('no file called gone.png')],
    [13, 'blocked', expect.stringContaining('takes the setting tiktok.privacy')],
    [14, 'ready', expect.stringContaining('fetched when it is imported')],
    [15, 'blocked', 'Name at least one account to post to.'],
  ])
  expect(preview.rows[1]).toMatchObject({ wallTime: '2031-03-03T09:00', timeZone: 'Asia/Tokyo' })
  expect(await postsOf(desk.workspace.id)).toEqual([])
})

test('a dry run says what the file costs, and whose quota it exceeds together with what is queued', async () => {
  const desk = await newDesk()
  await Promise.all([desk.account('x'), desk.account('facebook')])
  const [manager, minute] = [await desk.as('manager'), (at: number) => String(at).padStart(2, '0')]
  const stories = (count: number, from: number) =>
    Array.from(
      { length: count },
      (_, at) => `2031-03-03,09:${minute(from + at)},,facebook,Story,,https://a.example/p.png,facebook.format=reel,`,
    )
  const few = must(
    await previewImport(manager, csv(table('2031-03-03,09:00,,x,See https://a.com,,,,', ...stories(30, 0)))),
  )
  expect(few.foreseen.map(({ kind, message }) => [kind, message])).toEqual([['cost', 'X ada-x: 1 post for $0.20.']])
  const many = must(await previewImport(manager, csv(table(...stories(31, 0)))))
  expect(many.foreseen).toMatchObject([{ kind: 'quota', day: '2031-03-03', message: expect.stringContaining('31st') }])
  const drafts = must(await previewImport(manager, csv(table(',,,x,See https://a.com,,,,'))))
  expect(drafts.foreseen).toEqual([])
})

test('a dry run counts each post of a series, and says of one that goes on that it does', async () => {
  const desk = await newDesk()
  await Promise.all([desk.account('x'), desk.account('facebook')])
  const manager = await desk.as('manager')
  const foreseen = async (...lines: readonly string[]) => {
    const text = ['date,time,accounts,text,media,options,recurrence', ...lines].join('\n')
    return must(await previewImport(manager, csv(text))).foreseen.filter(({ kind }) => kind !== 'duty')
  }
  const said = async (...lines: readonly string[]) => (await foreseen(...lines)).map(({ message }) => message)
  const single = '2031-03-04,10:00,x,No link,,,'
  expect(await said('2031-03-03,09:00,x,See https://a.com,,,FREQ=DAILY;COUNT=12', single)).toEqual([
    'X ada-x: 13 posts for $2.415.',
  ])
  expect(await said('2031-03-03,09:00,x,Hello,,,FREQ=DAILY', single)).toEqual([
    'X ada-x: 62 posts for $0.93 in the next 60 days; the series goes on.',
  ])
  // Thirty reels fit into a day, and not on a day on which a series that began before brings one more.
  const reel = (day: string, minute: number, rule = '') =>
    `${day},09:${minute + 10},facebook,Reel,https://a.example/p.png,facebook.format=reel,${rule}`
  const reels = Array.from({ length: 30 }, (_, at) => reel('2031-03-10', at))
  expect(await foreseen(...reels, reel('2031-03-03', 0, 'FREQ=WEEKLY;COUNT=1'))).toEqual([])
  expect(await foreseen(...reels, reel('2031-03-03', 0, 'FREQ=WEEKLY;COUNT=2'))).toMatchObject([
    { kind: 'quota', day: '2031-03-10', message: expect.stringContaining('31st') },
  ])
})

test('rows become posts once: the same file again adds nothing, and a bad row keeps no other from coming', async () => {
  const desk = await newDesk()
  await desk.account('x')
  const manager = await desk.as('manager')
  const text = table(
    '2031-03-03,09:00,,x,One,https://a.example/,,,"two\n---\nthree"',
    '2031-03-04,09:00,,nobody,Bad,,,,',
    ',,,x,A draft,,,,',
    '2031-03-05,09:00,,x,From a private place,,http://127.0.0.1:9/p.png,,',
  )
  const outcome = must(await importPosts(manager, csv(text)))
  expect(outcome.imported.map(({ row }) => row)).toEqual([2, 4])
  expect(outcome.skipped).toMatchObject([
    { row: 3, message: expect.stringContaining('nobody') },
    { row: 5, message: expect.stringContaining('not on the public internet') },
  ])
  const posts = await postsOf(desk.workspace.id)
  expect(posts.map(({ state, publishAt }) => [state, publishAt?.toISOString() ?? null])).toEqual([
    ['scheduled', '2031-03-03T08:00:00.000Z'],
    ['draft', null],
  ])
  expect(posts[0]?.content).toMatchObject({ thread: [{ text: 'two' }, { text: 'three' }] })
  expect(must(await importPosts(manager, csv(text))).imported).toEqual([])
  expect(await postsOf(desk.workspace.id)).toHaveLength(2)
  expect(must(await previewImport(manager, csv(text))).rows.map(({ state }) => state)).toEqual([
    'done',
    'blocked',
    'done',
    'ready',
  ])
})

test('a file that was corrected adds only what is new, and a deleted post can be imported again', async () => {
  const desk = await newDesk()
  await desk.account('x')
  const manager = await desk.as('manager')
  const [one, bad, good] = [
    '2031-03-03,09:00,,x,One,,,,',
    '2031-03-04,09:00,,nobody,Two,,,,',
    '2031-03-04,09:00,,x,Two,,,,',
  ]
  expect(must(await importPosts(manager, csv(table(one, bad)))).imported).toHaveLength(1)
  const corrected = csv(table('2031-03-01,09:00,,x,Put before,,,,', one, good, one))
  expect(must(await previewImport(manager, corrected)).rows.map(({ state }) => state)).toEqual([
    'ready',
    'done',
    'ready',
    // Written twice in one file, it is meant twice.
    'ready',
  ])
  const { imported } = must(await importPosts(manager, corrected))
  expect(imported.map(({ row }) => row)).toEqual([2, 4, 5])
  expect(must(await importPosts(manager, corrected)).imported).toEqual([])
  must(await deletePost(await desk.as('admin'), { postId: imported[0]?.postId ?? '' }))
  expect(must(await importPosts(manager, corrected)).imported.map(({ row }) => row)).toEqual([2])
  expect(must(await importPosts(manager, corrected)).imported).toEqual([])
})

test('a row is known by what it says, whatever its columns are called and in which order they stand', () => {
  const file = { accountIds: ['b', 'a'] }
  const said = { ...emptyRow, row: 7, date: '2031-03-03', time: '09:00', text: 'One' }
  // Kept with what was imported: another hash would let all of it be imported again.
  expect(rowHash(said, file)).toBe('c6fee3b8dcf2b29e4ba79efa39b51fe5d81edff4d00977a9c623bee6dfa7833c')
  const { text, ...others } = said
  expect(rowHash({ text, ...others, row: 2, unread: ['no matter'] }, { accountIds: ['a', 'b'] })).toBe(
    rowHash(said, file),
  )
  expect(rowHash({ ...said, accounts: ['x'] }, file)).not.toBe(rowHash(said, file))
  expect(rowHash(said, { ...file, projectId: 'p' })).not.toBe(rowHash(said, file))
})

test('what was imported before rows were known so is known by its file', async () => {
  const desk = await newDesk()
  await desk.account('x')
  const manager = await desk.as('manager')
  const file = csv(table('2031-03-03,09:00,,x,One,,,,', '2031-03-04,09:00,,x,Two,,,,'))
  const [first] = must(await importPosts(manager, { ...file, rows: [2] })).imported
  await prisma.importedRow.updateMany({
    where: { postId: first?.postId ?? '' },
    data: { hash: sha256(file.text), nth: 2 },
  })
  expect(must(await importPosts(manager, file)).imported.map(({ row }) => row)).toEqual([3])
})

test('two who import the same file at once make each post once', async () => {
  const desk = await newDesk()
  await desk.account('x')
  const [ada, bob] = [await desk.as('manager'), await desk.as('manager')]
  const text = table(...Array.from({ length: 6 }, (_, at) => `2031-03-0${at + 1},09:00,,x,Post ${at},,,,`))
  const outcomes = await Promise.all([importPosts(ada, csv(text)), importPosts(bob, csv(text))])
  expect(
    outcomes
      .flatMap((one) => must(one).imported)
      .map(({ row }) => row)
      .toSorted((a, b) => a - b),
  ).toEqual([2, 3, 4, 5, 6, 7])
  expect(await postsOf(desk.workspace.id)).toHaveLength(6)
})

test('whoever may not schedule imports drafts alone, and another workspace’s accounts are not there', async () => {
  const [desk, elsewhere] = [await newDesk(), await newDesk()]
  await desk.account('x')
  const theirs = await elsewhere.account('x', 'theirs')
  const editor = await desk.as('editor')
  const text = table('2031-03-03,09:00,,x,Timed,,,,', ',,,x,Draft,,,,', `,,,${theirs},Theirs,,,,`)
  expect(must(await previewImport(editor, csv(text))).rows.map(({ state }) => state)).toEqual([
    'blocked',
    'ready',
    'blocked',
  ])
  expect(await previewImport(editor, { ...csv(text), accountIds: [theirs] })).toMatchObject({ ok: false })
  expect(await previewImport(await desk.as('viewer'), csv(text))).toMatchObject({ error: { code: 'FORBIDDEN' } })
})

describe('a calendar', () => {
  const event = (...lines: readonly string[]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')

  test('is read with its zones, and a series is one', async () => {
    const desk = await newDesk()
    const x = await desk.account('x')
    const text = event(
      'DTSTART;TZID=America/New_York:20310303T090000',
      'SUMMARY:Short',
      'DESCRIPTION:Long\\, with\\nlines',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    )
    const manager = await desk.as('manager')
    const outcome = must(await importPosts(manager, { format: 'ics', text, accountIds: [x] }))
    expect(outcome).toMatchObject({ imported: [{ row: 1 }], skipped: [] })
    const [post] = await postsOf(desk.workspace.id)
    expect(post).toMatchObject({ publishAt: new Date('2031-03-03T14:00:00Z'), recurrenceId: expect.any(String) })
    expect(post?.content).toMatchObject({ text: 'Long, with\nlines' })
  })

  test('says of a series with exceptions that it cannot be held, and leaves out what was cancelled', async () => {
    const desk = await newDesk()
    const x = await desk.account('x')
    const weekly = (uid: string, ...more: readonly string[]) =>
      ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTART:20310303T090000Z', `SUMMARY:${uid}`, ...more, 'END:VEVENT'].join('\r\n')
    const text = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      weekly('plain', 'RRULE:FREQ=WEEKLY;COUNT=3'),
      weekly('cancelled', 'STATUS:CANCELLED'),
      weekly('left out', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE:20310310T090000Z'),
      weekly('moved', 'RRULE:FREQ=WEEKLY;COUNT=3'),
      weekly('moved', 'RECURRENCE-ID:20310310T090000Z'),
      'END:VCALENDAR',
    ].join('\r\n')
    const { rows, notes } = must(
      await previewImport(await desk.as('manager'), { format: 'ics', text, accountIds: [x] }),
    )
    expect(notes).toEqual(['An event is marked as cancelled, and left out.'])
    expect(rows.map(({ excerpt, state }) => [excerpt, state])).toEqual([
      ['plain', 'ready'],
      ['left out', 'blocked'],
      ['moved', 'blocked'],
      ['moved', 'ready'],
    ])
    expect(rows[1]?.problems).toMatchObject([{ message: expect.stringContaining('left out, added or moved') }])
  })

  test('a whole day has no time, and what is no calendar is refused', async () => {
    const desk = await newDesk()
    const x = await desk.account('x')
    const text = event('DTSTART;VALUE=DATE:20310303', 'SUMMARY:All day')
    const preview = must(await previewImport(await desk.as('manager'), { format: 'ics', text, accountIds: [x] }))
    expect(preview.rows).toMatchObject([
      { state: 'blocked', problems: [{ message: expect.stringContaining('no time') }] },
    ])
    expect(readIcs('not a calendar')).toMatchObject({ ok: false })
    expect(readIcs('BEGIN:VCALENDAR\r\nEND:VCALENDAR')).toMatchObject({ ok: false })
  })
})

test('what is exported is imported again as it was, by table and by calendar', async () => {
  const desk = await newDesk()
  const [x, bluesky] = [await desk.account('x'), await desk.account('bluesky')]
  const owner = await desk.as('owner')
  const made = must(
    await createPost(owner, {
      content: { text: 'Hello, "world"\nagain', link: 'https://a.example/', firstComment: 'More' },
      targets: [{ accountId: x }, { accountId: bluesky }],
    }),
  )
  must(
    await schedulePost(owner, {
      postId: made.postId,
      when: { kind: 'at', wallTime: '2031-03-03T09:00', timeZone: 'Europe/Zurich' },
    }),
  )
  for (const format of ['csv', 'ics'] as const) {
    const { text } = must(await exportPosts(owner, { format }))
    const again = must(await importPosts(owner, { format, text }))
    expect(again).toMatchObject({ imported: [{}], skipped: [] })
    const [copy] = again.imported
    const post = await prisma.post.findUniqueOrThrow({ where: { id: copy?.postId ?? '' }, include: { variants: true } })
    expect(post.publishAt?.toISOString()).toBe('2031-03-03T08:00:00.000Z')
    expect(post.content).toMatchObject({
      text: 'Hello, "world"\nagain',
      link: 'https://a.example/',
      firstComment: 'More',
    })
    expect(post.variants.map(({ accountId }) => accountId).toSorted()).toEqual([x, bluesky].toSorted())
    must(await cancelPost(owner, { postId: post.id }))
    await prisma.post.update({ where: { id: post.id }, data: { deletedAt: new Date() } })
  }
})
