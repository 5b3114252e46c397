import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { prisma } from '@/lib/core/db'
import { day } from '@/lib/core/clock'
import type { Result } from '@/lib/core/result'
import { transact } from '@/lib/workspace'
import { shiftWall, wallOf } from '@/lib/core/wall'
import { reschedulePosts, schedulePosts } from '../write/bulk'
import { createPost } from '../write/create'
import { closeAll, hoursAhead, must, newDesk, putInto, variantsOf } from '../desk.test-data'
import { deletePost } from '../write/delete'
import { editPost } from '../write/edit'
import { updatePost } from '../write/update'
import { reschedulePost } from './reschedule'
import { putBackPost } from './put-back'
import { getPost } from '../lists/get'
import { calendarWindow } from '../lists/queries'
import { makeOccurrences } from './make-occurrences'
import { cancelPost } from './cancel'
import { endSeries } from './recur'
import { schedulePost } from './schedule'
import { instantOfRule } from './wall-time'

afterAll(closeAll)

const content = { text: 'fine' }
const zone = 'Europe/Zurich'
/** Next year's last Sunday of March, when clocks skip 02:30 here. */
const march = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 2, 31))
const spring = new Date(march.getTime() - march.getUTCDay() * day).toISOString().slice(0, 10)

async function deskWithDraft() {
  const desk = await newDesk(zone)
  const owner = await desk.as('owner')
  const accountId = await desk.account('x', 'ada')
  const { postId } = must(await createPost(owner, { content, targets: [{ accountId }] }))
  return { desk, system: desk.system, owner, accountId, postId }
}

const postsOf = async (postId: string) => {
  const { recurrenceId } = await prisma.post.findUniqueOrThrow({ where: { id: postId } })
  const posts = await prisma.post.findMany({
    where: { recurrenceId: recurrenceId ?? '', deletedAt: null },
    orderBy: { publishAt: 'asc' },
  })
  return { recurrenceId: recurrenceId ?? '', posts }
}

/** A series of nine posts, a week apart, of which the first is `postId`. */
async function weekly() {
  const desk = await deskWithDraft()
  const when = { kind: 'instant', at: hoursAhead(24) } as const
  must(await schedulePost(desk.owner, { postId: desk.postId, when, recurrence: 'FREQ=WEEKLY' }))
  const { recurrenceId } = await postsOf(desk.postId)
  must(await makeOccurrences(desk.system, { recurrenceId }))
  const { posts } = await postsOf(desk.postId)
  const nth = (n: number) => {
    const post = posts[n - 1]
    if (!post?.publishAt) throw new Error(`There is no post ${n} in this series.`)
    return { id: post.id, publishAt: post.publishAt }
  }
  return { ...desk, recurrenceId, nth }
}

test('posts are made sixty days ahead, once, by any number of workers', async () => {
  const { desk, owner, postId } = await deskWithDraft()
  const start = wallOf(hoursAhead(24), zone)
  must(
    await schedulePost(owner, {
      postId,
      when: { kind: 'at', wallTime: start, timeZone: zone },
      recurrence: 'FREQ=WEEKLY',
    }),
  )
  const { recurrenceId } = await postsOf(postId)
  const made = await Promise.all([1, 2, 3].map(() => makeOccurrences(desk.system, { recurrenceId })))
  expect(made.map((each) => must(each).made).reduce((a, b) => a + b)).toBe(8)
  const { posts } = await postsOf(postId)
  expect(posts.map((post) => post.wallTime)).toEqual(posts.map((_, week) => shiftWall(start, week * 7 * 1_440)))
  expect((await variantsOf(posts[3]?.id ?? ''))[0]).toMatchObject({
    state: 'scheduled',
    publishAt: posts[3]?.publishAt,
  })
  // Forgetting how far it had come makes none twice.
  await prisma.recurrence.update({ where: { id: recurrenceId }, data: { madeUntil: null } })
  expect(must(await makeOccurrences(desk.system, { recurrenceId })).made).toBe(0)
  expect(await makeOccurrences(owner, { recurrenceId })).toMatchObject({ error: { code: 'FORBIDDEN' } })
})

test('a series begins with the rule’s first time on or after the one that was chosen', async () => {
  const { owner, postId } = await deskWithDraft()
  // A Wednesday.
  const when = { kind: 'at', wallTime: '2031-01-01T09:00', timeZone: zone } as const
  must(await schedulePost(owner, { postId, when, recurrence: 'RRULE:FREQ=WEEKLY;BYDAY=MO' }))
  expect(must(await getPost(owner, { postId }))).toMatchObject({ wallTime: '2031-01-06T09:00', series: 'repeats' })
})

test('a post repeats while its series goes on and it is to come; then it was part of one', async () => {
  const { owner, postId, nth } = await weekly()
  await prisma.post.update({ where: { id: postId }, data: { state: 'published' } })
  const month = { from: hoursAhead(0), to: hoursAhead(24 * 30) }
  const series = async () => must(await calendarWindow(owner, month)).items.map((card) => card.series)
  expect(await series()).toEqual(['past', 'repeats', 'repeats', 'repeats', 'repeats'])
  must(await endSeries(owner, { postId: nth(3).id }))
  expect(await series()).toEqual(['past', 'ended', 'ended'])
  expect(must(await getPost(owner, { postId: nth(3).id })).series).toBe('ended')
})

test.each([
  ['every day', 'not a repetition rule'],
  ['FREQ=HOURLY', 'days, weeks, months or years'],
  ['FREQ=DAILY;BYHOUR=1,2', 'time of day'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'This rule'],
  ['FREQ=DAILY;COUNT=0', 'This rule'],
])('the rule %s is refused in words', async (recurrence, why) => {
  const { owner, postId } = await deskWithDraft()
  const when = { kind: 'instant', at: hoursAhead(24) } as const
  expect(await schedulePost(owner, { postId, when, recurrence })).toMatchObject({
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining(why) },
  })
  expect(await prisma.recurrence.count({ where: { workspaceId: owner.workspaceId } })).toBe(0)
})

test('a rule without a time is refused, and nothing is written', async () => {
  const desk = await newDesk(zone)
  const owner = await desk.as('owner')
  const targets = [{ accountId: await desk.account('x') }]
  expect(await createPost(owner, { content, targets, recurrence: 'FREQ=WEEKLY' })).toMatchObject({
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('needs a time') },
  })
  expect(await prisma.post.count({ where: { workspaceId: owner.workspaceId } })).toBe(0)
})

test('one post of a series changes alone, or with all that follow and all still to be made', async () => {
  const { desk, owner, accountId, postId } = await deskWithDraft()
  const targets = [{ accountId }]
  const when = { kind: 'instant', at: hoursAhead(24) } as const
  must(await schedulePost(owner, { postId, when, recurrence: 'FREQ=WEEKLY' }))
  const { recurrenceId } = await postsOf(postId)
  must(await makeOccurrences(desk.system, { recurrenceId }))
  const texts = async () => (await postsOf(postId)).posts.map((post) => (post.content as { text: string }).text)
  must(await editPost(owner, { postId, revision: 1, content: { text: 'only the first' }, targets }))
  expect(await texts()).toEqual(['only the first', ...Array(8).fill('fine')])
  const third = (await postsOf(postId)).posts[2]?.id ?? ''
  must(
    await editPost(owner, {
      postId: third,
      revision: 1,
      content: { text: 'from now on' },
      targets,
      scope: 'following',
    }),
  )
  await prisma.post.deleteMany({ where: { id: (await postsOf(postId)).posts.at(-1)?.id ?? '' } })
  await prisma.recurrence.update({ where: { id: recurrenceId }, data: { madeUntil: null } })
  must(await makeOccurrences(desk.system, { recurrenceId }))
  expect(await texts()).toEqual(['only the first', 'fine', ...Array(7).fill('from now on')])
  expect(must(await endSeries(owner, { postId: third })).deleted).toBe(6)
  await prisma.recurrence.update({ where: { id: recurrenceId }, data: { madeUntil: null } })
  expect(must(await makeOccurrences(desk.system, { recurrenceId })).made).toBe(0)
})

test('a post of a series goes onto no other one, however it is told to', async () => {
  const { owner, nth } = await weekly()
  const { id: postId } = nth(2)
  const { publishAt } = nth(3)
  const when = { kind: 'instant', at: publishAt } as const
  const taken = { code: 'SCHEDULE_CONFLICT', message: expect.stringContaining('Another post of this series') }
  expect(await schedulePost(owner, { postId, when })).toMatchObject({ error: taken })
  expect(await reschedulePost(owner, { postId, when })).toMatchObject({ error: taken })
  expect(await updatePost(owner, { postId, when })).toMatchObject({ error: taken })
  const shifted = must(await reschedulePosts(owner, { postIds: [postId], shiftMinutes: 7 * 1_440 }))
  expect(shifted.failed).toMatchObject([{ error: taken }])
  must(await cancelPost(owner, { postId }))
  const wall = { wallTime: wallOf(publishAt, zone), timeZone: zone }
  const times = { ...wall, publishAt: publishAt.toISOString(), byAccount: {} }
  expect(await putBackPost(owner, { postId, times })).toMatchObject({ error: taken })
  expect(must(await getPost(owner, { postId }))).toMatchObject({ state: 'draft', publishAt: null })
  // Where it was, and is no more, it may go.
  must(await schedulePost(owner, { postId, when: { kind: 'instant', at: nth(2).publishAt } }))
})

test('of many of a series that are given one time the first gets it, and all others outside of it do', async () => {
  const { owner, accountId, nth } = await weekly()
  const { postId: outside } = must(await createPost(owner, { content, targets: [{ accountId }] }))
  const postIds = [nth(2).id, nth(3).id, outside, nth(4).id]
  const given = must(await schedulePosts(owner, { postIds, when: { kind: 'instant', at: hoursAhead(30) } }))
  expect(given.done).toEqual([nth(2).id, outside])
  expect(given.failed.map(({ postId, error }) => [postId, error.code])).toEqual([
    [nth(3).id, 'SCHEDULE_CONFLICT'],
    [nth(4).id, 'SCHEDULE_CONFLICT'],
  ])
})

test('two of a series that go to one time at once do not both get it, and the other is told', async () => {
  const { owner, nth } = await weekly()
  const at = hoursAhead(30)
  let other: ReturnType<typeof schedulePost> | undefined
  await transact(owner, async ({ db }) => {
    await db.post.update({ where: { id: nth(2).id }, data: { publishAt: at } })
    other = schedulePost(owner, { postId: nth(3).id, when: { kind: 'instant', at } })
    await waiting(1)
  })
  expect(await other).toMatchObject({ error: { code: 'SCHEDULE_CONFLICT' } })
  expect(must(await getPost(owner, { postId: nth(3).id })).publishAt).toBe(nth(3).publishAt.toISOString())
})

test('a post goes to where a deleted one of its series was, and none is made there again', async () => {
  const series = await weekly()
  const { owner, system, recurrenceId, nth } = series
  for (const n of [3, 5]) must(await deletePost(owner, { postId: nth(n).id }))
  const move = (n: number, to: number) =>
    reschedulePost(owner, { postId: nth(n).id, when: { kind: 'instant', at: nth(to).publishAt } })
  must(await move(4, 3))
  expect(await move(2, 3)).toMatchObject({ error: { code: 'SCHEDULE_CONFLICT' } })
  must(await schedulePost(owner, { postId: nth(2).id, when: { kind: 'instant', at: nth(5).publishAt } }))
  await prisma.recurrence.update({ where: { id: recurrenceId }, data: { madeUntil: nth(4).publishAt } })
  expect(must(await makeOccurrences(system, { recurrenceId })).made).toBe(0)
  const { posts } = await postsOf(nth(1).id)
  expect(posts.slice(0, 4).map(({ id }) => id)).toEqual([1, 4, 2, 6].map((n) => nth(n).id))
})

test('a post begins another series when its own has ended, and not before', async () => {
  const series = await weekly()
  const { owner, system, recurrenceId, nth } = series
  const begin = () =>
    schedulePost(owner, {
      postId: nth(1).id,
      when: { kind: 'instant', at: nth(3).publishAt },
      recurrence: 'FREQ=DAILY;COUNT=3',
    })
  expect(await begin()).toMatchObject({ error: { code: 'CONFLICT', message: expect.stringContaining('End that one') } })
  must(await endSeries(owner, { postId: nth(4).id }))
  must(await begin())
  const another = await postsOf(nth(1).id)
  expect(another.recurrenceId).not.toBe(recurrenceId)
  expect(must(await makeOccurrences(system, { recurrenceId: another.recurrenceId })).made).toBe(2)
  // It is none of the old one any more, whatever becomes of that.
  must(await endSeries(owner, { postId: nth(2).id }))
  expect((await postsOf(nth(1).id)).posts).toHaveLength(3)
})

test('a series whose first time clocks skip comes again at its own time', async () => {
  const { owner, system, postId } = await deskWithDraft()
  const wallTime = shiftWall(`${spring}T02:30`, -6 * 1_440)
  must(
    await schedulePost(owner, {
      postId,
      when: { kind: 'at', wallTime, timeZone: zone },
      recurrence: 'FREQ=WEEKLY;BYDAY=SU',
    }),
  )
  const { recurrenceId } = await postsOf(postId)
  // Of what is further ahead than sixty days nothing is made yet.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${spring}T00:00Z`) })
  onTestFinished(() => void vi.useRealTimers())
  must(await makeOccurrences(system, { recurrenceId }))
  const walls = (await postsOf(postId)).posts.map((post) => post.wallTime)
  expect(walls.slice(0, 3)).toEqual([
    `${spring}T03:30`,
    shiftWall(`${spring}T02:30`, 7 * 1_440),
    shiftWall(`${spring}T02:30`, 14 * 1_440),
  ])
})

/** Which posts are still there, in the order of the series, by their places in it. */
const left = async ({ recurrenceId, nth }: Awaited<ReturnType<typeof weekly>>) => {
  const rows = await prisma.post.findMany({ where: { recurrenceId, deletedAt: null }, select: { id: true } })
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((n) => rows.some(({ id }) => id === nth(n).id))
}

test('a series that ends keeps what went out, what is going out, and what nobody knows about', async () => {
  const series = await weekly()
  const { desk, nth } = series
  const states = ['published', 'sending', 'unknown', 'refused', 'needs_person'] as const
  for (const [i, state] of states.entries()) await putInto(nth(i + 2).id, state)
  // Half of a thread is at the network; a try of another ended in doubt. Both wait for their time again.
  for (const [n, step, outcome] of [
    [7, 'done', 'accepted'],
    [8, 'pending', 'unknown'],
  ] as const) {
    const [variant] = await variantsOf(nth(n).id)
    const variantId = variant?.id ?? ''
    const of = { workspaceId: desk.workspace.id, variantId }
    const stepId = `${variantId}-step`
    await prisma.step.create({
      data: { ...of, id: stepId, position: 0, kind: 'post', state: step, intent: {}, uploads: {} },
    })
    await prisma.attempt.create({
      data: {
        ...of,
        id: `${variantId}-try`,
        stepId,
        fence: 1,
        purpose: 'send',
        worker: 'w',
        startedAt: new Date(),
        outcome,
      },
    })
  }
  const manager = await desk.as('manager')
  expect(must(await endSeries(manager, { postId: nth(1).id }))).toEqual({ deleted: 1 })
  expect(await left(series)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect((await variantsOf(nth(2).id))[0]?.state).toBe('published')
})

test('a series that ends from a post without a time keeps none that is still to come', async () => {
  const series = await weekly()
  const { owner, nth } = series
  await putInto(nth(1).id, 'published')
  must(await cancelPost(owner, { postId: nth(3).id }))
  expect(must(await endSeries(owner, { postId: nth(3).id }))).toEqual({ deleted: 7 })
  expect(await left(series)).toEqual([1, 3])
})

test('a post that is taken back with its series leaves none of it, and may begin another', async () => {
  const series = await weekly()
  const { owner, system, recurrenceId, nth } = series
  await putInto(nth(2).id, 'published')
  expect(must(await cancelPost(owner, { postId: nth(1).id, scope: 'following' }))).toMatchObject({ state: 'draft' })
  expect(await left(series)).toEqual([2])
  await prisma.recurrence.update({ where: { id: recurrenceId }, data: { madeUntil: null } })
  expect(must(await makeOccurrences(system, { recurrenceId })).made).toBe(0)
  const when = { kind: 'instant', at: hoursAhead(24) } as const
  must(await schedulePost(owner, { postId: nth(1).id, when, recurrence: 'FREQ=WEEKLY' }))
})

test('a post of a series that cannot be taken back leaves it as it is', async () => {
  const series = await weekly()
  await putInto(series.nth(1).id, 'sending')
  expect(await cancelPost(series.owner, { postId: series.nth(1).id, scope: 'following' })).toMatchObject({
    error: { code: 'CONFLICT' },
  })
  expect(await left(series)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('a series ends when its last post is deleted, and not before', async () => {
  const series = await weekly()
  const { owner, recurrenceId, nth } = series
  const ended = async () => (await prisma.recurrence.findUniqueOrThrow({ where: { id: recurrenceId } })).endedAt
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) must(await deletePost(owner, { postId: nth(n).id }))
  expect(await ended()).toBeNull()
  must(await deletePost(owner, { postId: nth(9).id }))
  expect(await ended()).not.toBeNull()
})

/** Waits until so many wait for what another holds. */
const waiting = (count: number) =>
  expect
    .poll(async () => {
      const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return row?.waiting
    })
    .toBe(count)

/** What somebody changes of a series at the very moment when its posts are about to be made. */
async function madeWhile(series: Awaited<ReturnType<typeof unmade>>, data: { endedAt: Date } | { templateId: string }) {
  const { recurrenceId, system } = series
  let making: ReturnType<typeof makeOccurrences> | undefined
  await transact(system, async ({ db }) => {
    await db.recurrence.update({ where: { id: recurrenceId }, data })
    making = makeOccurrences(system, { recurrenceId })
    await waiting(1)
  })
  if (!making) throw new Error('nothing was made')
  return must(await making).made
}

/** A series of which only the first post is there yet. */
async function unmade() {
  const desk = await deskWithDraft()
  const when = { kind: 'instant', at: hoursAhead(24) } as const
  must(await schedulePost(desk.owner, { postId: desk.postId, when, recurrence: 'FREQ=WEEKLY' }))
  return { ...desk, recurrenceId: (await postsOf(desk.postId)).recurrenceId }
}

test('a series that ends when its posts are about to be made gets none of them', async () => {
  const series = await unmade()
  expect(await madeWhile(series, { endedAt: new Date() })).toBe(0)
  expect((await postsOf(series.postId)).posts).toHaveLength(1)
})

test('posts that are about to be made say what those to follow were just made to say', async () => {
  const series = await unmade()
  const { owner, accountId, postId } = series
  const words = { content: { text: 'from now on' }, targets: [{ accountId }] }
  must(await editPost(owner, { postId, revision: 1, ...words }))
  const { id } = await prisma.postVersion.findFirstOrThrow({ where: { postId }, orderBy: { revision: 'desc' } })
  expect(await madeWhile(series, { templateId: id })).toBe(8)
  expect(new Set((await postsOf(postId)).posts.map(({ excerpt }) => excerpt))).toEqual(new Set(['from now on']))
})

test.each([
  ['ended', 1, 'fine'],
  ['changed', 9, 'anew'],
])('a series that is %s while its posts are made finds those, too', async (how, count, text) => {
  const { owner, system, accountId, postId, recurrenceId } = await unmade()
  const targets = [{ accountId }]
  const other = must(await createPost(owner, { content, targets })).postId
  const [first] = (await postsOf(postId)).posts
  let making: ReturnType<typeof makeOccurrences> | undefined
  let changing: Promise<Result<unknown>> | undefined
  await transact(owner, async ({ db }) => {
    // The making waits half way, for what becomes of another that is at one of its times.
    const publishAt = must(instantOfRule({ wallTime: shiftWall(first?.wallTime ?? '', 7 * 1_440), timeZone: zone }))
    await db.post.update({ where: { id: other }, data: { recurrenceId, publishAt } })
    making = makeOccurrences(system, { recurrenceId })
    await waiting(1)
    changing =
      how === 'ended'
        ? endSeries(owner, { postId })
        : editPost(owner, { postId, revision: 1, content: { text }, targets, scope: 'following' })
    await waiting(2)
    await db.post.update({ where: { id: other }, data: { recurrenceId: null, publishAt: null } })
  })
  expect(must((await making) ?? nothing).made).toBe(8)
  expect(await changing).toMatchObject({ ok: true })
  const { posts } = await postsOf(postId)
  expect(posts.map(({ excerpt }) => excerpt)).toEqual(Array(count).fill(text))
})
const nothing = { ok: false, error: { code: 'INTERNAL_ERROR', message: 'nothing was begun' } } as const
