import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { shiftWall, wallOf } from '@/lib/core/wall'
import { reschedulePosts } from '../write/bulk'
import { createPost } from '../write/create'
import { closeAll, hoursAhead, must, newDesk, variantsOf } from '../desk.test-data'
import { editPost } from '../write/edit'
import { getPost } from '../lists/get'
import { makeOccurrences } from './make-occurrences'
import { endSeries } from './recur'
import { schedulePost } from './schedule'

afterAll(closeAll)

const content = { text: 'fine' }
const zone = 'Europe/Zurich'

async function deskWithDraft() {
  const desk = await newDesk(zone)
  const owner = await desk.as('owner')
  const accountId = await desk.account('x', 'ada')
  const { postId } = must(await createPost(owner, { content, targets: [{ accountId }] }))
  return { desk, owner, accountId, postId }
}

const postsOf = async (postId: string) => {
  const { recurrenceId } = await prisma.post.findUniqueOrThrow({ where: { id: postId } })
  const posts = await prisma.post.findMany({
    where: { recurrenceId: recurrenceId ?? '', deletedAt: null },
    orderBy: { publishAt: 'asc' },
  })
  return { recurrenceId: recurrenceId ?? '', posts }
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
  expect(must(await getPost(owner, { postId }))).toMatchObject({ wallTime: '2031-01-06T09:00', recurring: true })
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

test('a post of a series does not move onto another one', async () => {
  const { desk, owner, postId } = await deskWithDraft()
  must(await schedulePost(owner, { postId, when: { kind: 'instant', at: hoursAhead(24) }, recurrence: 'FREQ=DAILY' }))
  const { recurrenceId } = await postsOf(postId)
  must(await makeOccurrences(desk.system, { recurrenceId }))
  expect(must(await reschedulePosts(owner, { postIds: [postId], shiftMinutes: 1_440 })).failed[0]?.error.code).toBe(
    'SCHEDULE_CONFLICT',
  )
})
