import { afterAll, expect, test } from 'vitest'
import { closeDoors } from '@/lib/core/rate'
import { uploadMedia } from '@/lib/media'
import { pdf, streamOf } from '@/lib/media/desk.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { wallOf } from '@/lib/core/wall'
import { checkPost } from './check'
import { postChoices } from './choices'
import { createPost } from '../write/create'
import { closeAll, hoursAhead, must, newDesk } from '../desk.test-data'
import { foresight } from './outlook'
import { schedulePost } from '../times/schedule'
import { setSlots } from '../times/slots'

afterAll(async () => {
  await closeDoors()
  await closeAll()
})

const words = (text: string, more: object = {}) => ({ text, ...more })

test('a post is told what it costs over all its accounts and all its times, and nothing is written', async () => {
  const desk = await newDesk()
  const editor = await desk.as('editor')
  const [x, other, bluesky] = [
    await desk.account('x'),
    await desk.account('x', 'second'),
    await desk.account('bluesky'),
  ]
  const before = await prisma.event.count({ where: { workspaceId: desk.workspace.id } })
  const check = must(
    await checkPost(editor, {
      content: words('Read https://northwind.coffee/menu'),
      targets: [{ accountId: x }, { accountId: other, override: { text: 'No link here' } }, { accountId: bluesky }],
      when: { kind: 'at', wallTime: '2031-03-03T09:00', timeZone: 'Europe/Zurich' },
      recurrence: 'FREQ=WEEKLY;COUNT=4',
    }),
  )
  expect(check).toMatchObject({
    problems: [],
    costMicros: 4 * (200_000 + 15_000),
    times: 4,
    goesOn: false,
    network: [],
  })
  expect(
    check.foreseen.filter(({ kind }) => kind === 'cost').map(({ accountId, message }) => [accountId, message]),
  ).toEqual([
    [x, 'X ada-x: 4 posts for $0.80.'],
    [other, 'X second: 4 posts for $0.06.'],
  ])
  expect(await prisma.post.count({ where: { workspaceId: desk.workspace.id } })).toBe(0)
  expect(await prisma.event.count({ where: { workspaceId: desk.workspace.id } })).toBe(before)
})

test('what whoever posts must know is said for the network that demands it, and for no other', async () => {
  const desk = await newDesk()
  const [tiktok, x] = [await desk.account('tiktok'), await desk.account('x')]
  const check = must(
    await checkPost(await desk.as('editor'), {
      content: words('Watch this'),
      targets: [{ accountId: tiktok }, { accountId: x }],
    }),
  )
  const duties = check.foreseen.filter(({ kind }) => kind === 'duty')
  expect(duties.map(({ accountId }) => accountId)).toEqual([tiktok, tiktok])
  expect(duties[0]?.message).toContain('Music Usage Confirmation')
})

test('what must be known of what follows below a post is said where something does', async () => {
  const desk = await newDesk()
  const [x, other] = [await desk.account('x'), await desk.account('x', 'second')]
  const editor = await desk.as('editor')
  const said = async (more: object, override?: object) =>
    must(
      await checkPost(editor, {
        content: words('Hello', more),
        targets: [{ accountId: x }, { accountId: other, ...(override ? { override } : {}) }],
      }),
    ).foreseen.flatMap(({ kind, accountId, message }) => (kind === 'duty' ? [[accountId, message]] : []))
  expect(await said({})).toEqual([])
  const duty = expect.stringContaining('may be refused once the post is out')
  expect(await said({ thread: [{ text: 'More' }] })).toEqual([
    [x, duty],
    [other, duty],
  ])
  expect(await said({ firstComment: 'First' }, { firstComment: null })).toEqual([[x, duty]])
})

test('a post that takes free slots is told which, account by account', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const [x, bluesky] = [await desk.account('x'), await desk.account('bluesky')]
  const everyDay = (minute: number) => [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, minute }))
  must(await setSlots(owner, { accountId: x, slots: everyDay(540) }))
  const given = {
    content: words('When there is room'),
    targets: [{ accountId: x }, { accountId: bluesky }],
    when: { kind: 'next_slot' as const },
  }
  const { slots } = must(await checkPost(owner, given))
  expect(slots.map(({ accountId, at }) => [accountId, wallOf(new Date(at), 'Europe/Zurich').slice(11)])).toEqual([
    [x, '09:00'],
  ])
  const taken = must(await createPost(owner, { ...given, targets: [{ accountId: x }] }))
  expect(taken.publishAt).toBe(slots[0]?.at)
  const [next] = must(await checkPost(owner, given)).slots
  expect(Date.parse(next?.at ?? '')).toBeGreaterThan(Date.parse(slots[0]?.at ?? ''))
})

test('a series without an end says so, and its next 60 days are counted', async () => {
  const desk = await newDesk()
  const check = must(
    await checkPost(await desk.as('editor'), {
      content: words('Every day'),
      targets: [{ accountId: await desk.account('x') }],
      when: { kind: 'at', wallTime: '2031-03-03T09:00', timeZone: 'Europe/Zurich' },
      recurrence: 'FREQ=DAILY',
    }),
  )
  expect(check).toMatchObject({ times: 61, goesOn: true, costMicros: 61 * 15_000 })
  expect(check.foreseen.find(({ kind }) => kind === 'cost')?.message).toBe(
    'X ada-x: 61 posts for $0.915 in the next 60 days; the series goes on.',
  )
})

test('a document of more pages than its network takes is refused before it is scheduled', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const targets = [{ accountId: await desk.account('linkedin') }]
  const add = async (pages: number) =>
    must(await uploadMedia(owner, { name: `${pages}.pdf`, alt: 'Our year', body: streamOf(pdf(pages), 64_000) })).id
  const [fits, long] = [await add(300), await add(301)]
  const when = { kind: 'at' as const, wallTime: '2031-03-03T09:00', timeZone: 'Europe/Zurich' }
  const create = (mediaId: string) =>
    createPost(owner, { content: words('Leaf through', { mediaIds: [mediaId] }), targets, when })
  expect(await create(long)).toMatchObject({
    error: { message: expect.stringContaining('It has 301 pages; LinkedIn takes documents of up to 300') },
  })
  expect(await create(fits)).toMatchObject({ ok: true })
})

test('what a network would refuse is in the check as it is when the post is scheduled', async () => {
  const desk = await newDesk()
  const accountId = await desk.account('x')
  const given = { content: words('a'.repeat(281)), targets: [{ accountId }] }
  const { problems } = must(await checkPost(await desk.as('editor'), given))
  expect(problems).toMatchObject([{ field: 'text', severity: 'refusal', accountId }])
  const refused = await createPost(await desk.as('owner'), { ...given, when: { kind: 'instant', at: hoursAhead(5) } })
  expect(refused).toMatchObject({ ok: false, error: { message: problems[0]?.message } })
})

test('a version of an API that ends before the post is due is named', async () => {
  const desk = await newDesk()
  const editor = await desk.as('editor')
  const targets = [{ accountId: await desk.account('linkedin') }]
  const at = (wallTime: string) =>
    checkPost(editor, { content: words('Late'), targets, when: { kind: 'at', wallTime, timeZone: 'Europe/Zurich' } })
  expect(must(await at('2028-01-03T09:00')).foreseen).toMatchObject([
    { kind: 'version', platform: 'linkedin', message: expect.stringContaining('ends on 1 August 2027') },
  ])
})

test('whoever may not write is refused, and another workspace’s account is not there', async () => {
  const [desk, elsewhere] = [await newDesk(), await newDesk()]
  const targets = [{ accountId: await elsewhere.account('x') }]
  const asked = { content: words('Hello'), targets }
  expect(await checkPost(await desk.as('viewer'), asked)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  expect(await checkPost(await desk.as('editor'), asked)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
})

test('a list that a network does not have is not asked for', async () => {
  const desk = await newDesk()
  const accountId = await desk.account('x')
  await prisma.account.update({ where: { id: accountId }, data: { state: 'disconnected' } })
  expect(await postChoices(await desk.as('editor'), { accountId, field: 'board' })).toMatchObject({
    ok: false,
    error: { code: 'PLATFORM_AUTH_FAILED' },
  })
})

test('an outlook tells what each day of a period costs, on the workspace’s clock', async () => {
  const desk = await newDesk('Pacific/Auckland')
  const owner = await desk.as('owner')
  const x = await desk.account('x')
  const plan = async (text: string, wallTime: string) => {
    const { postId } = must(await createPost(owner, { content: words(text), targets: [{ accountId: x }] }))
    must(await schedulePost(owner, { postId, when: { kind: 'at', wallTime, timeZone: 'Pacific/Auckland' } }))
  }
  await plan('One', '2031-03-03T00:30')
  await plan('Two, https://a.com/', '2031-03-03T23:30')
  await plan('Three', '2031-03-04T00:30')
  const period = { from: new Date('2031-03-01T00:00Z'), to: new Date('2031-04-01T00:00Z') }
  const outlook = must(await foresight(owner, period))
  expect(outlook.costMicros).toBe(230_000)
  expect(outlook.foreseen.filter(({ kind }) => kind === 'cost')).toMatchObject([
    { day: '2031-03-03', accountId: x, message: 'X ada-x: 2 posts for $0.215.' },
    { day: '2031-03-04', accountId: x, message: 'X ada-x: 1 post for $0.015.' },
  ])
  expect(await foresight(owner, { from: period.to, to: period.from })).toMatchObject({ ok: false })
})

test('an outlook counts the last of many accounts, too', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const like = await prisma.account.findUniqueOrThrow({
    where: { id: await desk.account('bluesky') },
    omit: { traits: true },
  })
  await prisma.account.createMany({
    data: Array.from({ length: 500 }, () => newId()).map((id) => ({ ...like, id, externalId: id })),
  })
  const x = await desk.account('x')
  must(
    await createPost(owner, {
      content: words('The last'),
      targets: [{ accountId: x }],
      when: { kind: 'instant', at: new Date('2031-03-03T09:00Z') },
    }),
  )
  const period = { from: new Date('2031-03-01T00:00Z'), to: new Date('2031-04-01T00:00Z') }
  expect(must(await foresight(owner, period)).costMicros).toBe(15_000)
})

test('an outlook with a filter tells of the posts that a calendar with it shows', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const [x, other] = [await desk.account('x'), await desk.account('x', 'other-x')]
  const projectId = `p-${desk.workspace.id}`
  await prisma.project.create({ data: { id: projectId, workspaceId: desk.workspace.id, name: 'Winter' } })
  const when = { kind: 'instant', at: new Date('2031-03-03T09:00Z') } as const
  const plan = async (text: string, accountId: string, project: { projectId?: string } = {}) =>
    must(await createPost(owner, { content: words(text), targets: [{ accountId }], when, ...project }))
  await plan('Of the project', x, { projectId })
  await plan('Of none', x)
  await plan('Of none, elsewhere', other)
  const period = { from: new Date('2031-03-01T00:00Z'), to: new Date('2031-04-01T00:00Z') }
  const cost = async (filter: object) => must(await foresight(owner, { ...period, ...filter })).costMicros
  expect(await cost({})).toBe(45_000)
  expect(await cost({ projectId })).toBe(15_000)
  expect(await cost({ accountIds: [x] })).toBe(30_000)
  expect(await cost({ platforms: ['bluesky'] })).toBe(0)
  expect(await cost({ search: 'elsewhere' })).toBe(15_000)
  expect(await cost({ states: ['published'] })).toBe(0)
})
