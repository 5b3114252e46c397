import { afterAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { queueNamed } from '@/lib/core/queue'
import { shiftWall, wallOf } from '@/lib/core/wall'
import { deletePosts, publishPostsNow, reschedulePosts } from '../write/bulk'
import { cancelPost } from './cancel'
import { createPost } from '../write/create'
import { closeAll, hoursAhead, must, newDesk, putInto, variantsOf } from '../desk.test-data'
import { getPost } from '../lists/get'
import { putBackPost } from './put-back'
import { reschedulePost } from './reschedule'
import { publishNow, schedulePost } from './schedule'
import { listSlots, setSlots, slotInstants } from './slots'

afterAll(closeAll)

const content = { text: 'fine' }
const zone = 'Europe/Zurich'
const lastSunday = (year: number, month: number) => {
  const last = new Date(Date.UTC(year, month, 0))
  return new Date(Date.UTC(year, month - 1, last.getUTCDate() - last.getUTCDay())).toISOString().slice(0, 10)
}
const thisYear = new Date().getUTCFullYear()
/** The first year whose clocks go forward the day after tomorrow or later: no more than a year ahead. */
const year = Date.parse(lastSunday(thisYear, 3)) - Date.now() > 86_400_000 ? thisYear : thisYear + 1
/** When clocks change here: the last Sunday of March and of October. */
const [spring, autumn] = [lastSunday(year, 3), lastSunday(year, 10)]

async function deskWithDraft() {
  const desk = await newDesk(zone)
  const owner = await desk.as('owner')
  const accountId = await desk.account('x', 'ada')
  const draft = async () => must(await createPost(owner, { content, targets: [{ accountId }] })).postId
  return { desk, owner, accountId, draft, postId: await draft() }
}
const jobOf = (variantId: string, at: Date) =>
  queueNamed('publish').getJob(`posts.publishVariant/${variantId}-${at.getTime()}`)

describe('a time for a post', () => {
  test('a time that clocks skip is refused with the next one, and the draft stays a draft', async () => {
    const { owner, postId } = await deskWithDraft()
    const when = { kind: 'at', wallTime: `${spring}T02:30`, timeZone: zone } as const
    expect(await schedulePost(owner, { postId, when })).toMatchObject({
      error: {
        code: 'VALIDATION_ERROR',
        message: expect.stringContaining('02:30 does not exist'),
        fields: { when: expect.anything() },
      },
    })
    expect(must(await getPost(owner, { postId })).state).toBe('draft')
  })

  test('of a time that comes twice the one that was meant is kept, with the wall and the zone', async () => {
    const { owner, postId } = await deskWithDraft()
    const wall = { wallTime: `${autumn}T02:30`, timeZone: zone }
    const first = must(await schedulePost(owner, { postId, when: { kind: 'at', ...wall } }))
    const second = must(await schedulePost(owner, { postId, when: { kind: 'at', ...wall, fold: 'later' } }))
    expect(Date.parse(second.publishAt ?? '') - Date.parse(first.publishAt ?? '')).toBe(3_600_000)
    expect(must(await getPost(owner, { postId }))).toMatchObject(wall)
  })

  test('the past is refused with a hint', async () => {
    const { owner, postId } = await deskWithDraft()
    for (const when of [
      { kind: 'at', wallTime: '2020-01-01T09:00', timeZone: zone },
      { kind: 'instant', at: new Date(Date.now() - 1_000) },
    ] as const)
      expect(await schedulePost(owner, { postId, when })).toMatchObject({
        error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('publish now') },
      })
  })

  test('what is more than ten years ahead is refused, however it is said', async () => {
    const { owner, accountId, postId } = await deskWithDraft()
    const refused = { error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('ten years ahead') } }
    const far = { kind: 'at', wallTime: '9999-12-31T23:59', timeZone: 'Pacific/Honolulu' } as const
    expect(await schedulePost(owner, { postId, when: far })).toMatchObject(refused)
    expect(await createPost(owner, { content, targets: [{ accountId }], when: far })).toMatchObject(refused)
  })

  test('a post that its network would refuse is not scheduled, and no half of it is left', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const targets = [{ accountId: await desk.account('x') }, { accountId: await desk.account('linkedin') }]
    const refused = await createPost(owner, {
      content: { text: 'a'.repeat(281) },
      targets,
      when: { kind: 'instant', at: hoursAhead(1) },
    })
    expect(refused).toMatchObject({
      error: {
        code: 'VALIDATION_ERROR',
        message: 'X counts 281 of 280 characters: remove 1.',
        fields: { [`text.${targets[0]?.accountId}`]: expect.anything() },
      },
    })
    expect(await createPost(owner, { content, when: { kind: 'instant', at: hoursAhead(1) } })).toMatchObject({
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('at least one account') },
    })
    expect(await prisma.post.count({ where: { workspaceId: desk.workspace.id } })).toBe(0)
    expect(await prisma.event.count({ where: { workspaceId: desk.workspace.id } })).toBe(0)
  })

  test('what is due within the hour is queued at once, what is later waits for the sweep', async () => {
    const { owner, postId, draft } = await deskWithDraft()
    const soon = hoursAhead(0.5)
    must(await schedulePost(owner, { postId, when: { kind: 'instant', at: soon } }))
    const [variant] = await variantsOf(postId)
    expect(variant).toMatchObject({ state: 'scheduled', publishAt: soon, queuedFor: soon })
    expect((await jobOf(variant?.id ?? '', soon))?.delay).toBeGreaterThan(0)
    const laterId = await draft()
    const late = hoursAhead(30)
    must(await schedulePost(owner, { postId: laterId, when: { kind: 'instant', at: late } }))
    const [waiting] = await variantsOf(laterId)
    expect(waiting).toMatchObject({ publishAt: late, queuedFor: null })
    expect(await jobOf(waiting?.id ?? '', late)).toBeUndefined()
  })

  test('who may schedule may not publish at once without that right', async () => {
    const { desk, owner, postId } = await deskWithDraft()
    const editor = await desk.as('editor')
    expect(await schedulePost(editor, { postId, when: { kind: 'now' } })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    })
    const key = {
      ...owner,
      actor: { kind: 'api_key', id: 'k', name: 'k', scopes: ['post.create', 'post.schedule'] },
    } as const
    expect(await schedulePost(key, { postId, when: { kind: 'now' } })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await createPost(key, { content, when: { kind: 'now' } })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    must(await publishNow(owner, { postId }))
    expect((await variantsOf(postId))[0]?.state).toBe('scheduled')
  })

  test('a cancelled post is a draft again', async () => {
    const { owner, postId } = await deskWithDraft()
    must(await schedulePost(owner, { postId, when: { kind: 'instant', at: hoursAhead(3) } }))
    expect(must(await cancelPost(owner, { postId }))).toMatchObject({ state: 'draft', publishAt: null })
    expect((await variantsOf(postId))[0]).toMatchObject({ state: 'draft', publishAt: null, queuedFor: null })
  })

  test('a post that was found late may simply be moved', async () => {
    const { owner, postId } = await deskWithDraft()
    must(await schedulePost(owner, { postId, when: { kind: 'instant', at: hoursAhead(3) } }))
    await putInto(postId, 'needs_person', { kind: 'late', message: 'late' })
    must(await reschedulePost(owner, { postId, when: { kind: 'instant', at: hoursAhead(6) } }))
    expect((await variantsOf(postId))[0]).toMatchObject({ state: 'scheduled', reason: null })
  })
})

describe('queue slots', () => {
  test('posts that ask at once get one slot each, the soonest first', async () => {
    const { owner, accountId, draft } = await deskWithDraft()
    must(
      await setSlots(owner, { accountId, slots: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, minute: 540 })) }),
    )
    const posts = await Promise.all(Array.from({ length: 8 }, draft))
    const placed = await Promise.all(
      posts.map((postId) => schedulePost(owner, { postId, when: { kind: 'next_slot' } })),
    )
    const times = placed.map((each) => must(each).publishAt ?? '').sort()
    expect(new Set(times).size).toBe(8)
    expect(times.map((at) => wallOf(new Date(at), zone).slice(11))).toEqual(Array(8).fill('09:00'))
    const days = times.map((at) => wallOf(new Date(at), zone))
    expect(days).toEqual(days.map((_, i) => shiftWall(days[0] ?? '', i * 1_440)))
  })

  test('of two who set the slots of an account at once, one is the last', async () => {
    const { owner, accountId } = await deskWithDraft()
    const weeks = [1, 2, 3, 4].map((weekday) => [600, 660].map((minute) => ({ weekday, minute })))
    for (let round = 0; round < 3; round++) {
      await Promise.all(weeks.map(async (slots) => must(await setSlots(owner, { accountId, slots }))))
      expect(weeks).toContainEqual(must(await listSlots(owner, { accountId })))
    }
  })

  test('two accounts that share a post each get their own, and two posts do not wait for each other', async () => {
    const { desk, owner, accountId } = await deskWithDraft()
    const other = await desk.account('bluesky', 'ada-sky')
    must(await setSlots(owner, { accountId, slots: [{ weekday: 1, minute: 600 }] }))
    must(await setSlots(owner, { accountId: other, slots: [{ weekday: 1, minute: 660 }] }))
    const when = { kind: 'next_slot' } as const
    const [a, b] = [{ accountId }, { accountId: other }]
    const both = await Promise.all([
      createPost(owner, { content, targets: [a, b], when }),
      createPost(owner, { content, targets: [b, a], when }),
    ])
    const walls = await Promise.all(
      both.map(async (each) =>
        (await variantsOf(must(each).postId)).map((v) => wallOf(v.publishAt ?? new Date(), zone)).sort(),
      ),
    )
    for (const pair of walls) expect(pair.map((at) => at.slice(11))).toEqual(['10:00', '11:00'])
    expect(walls[0]?.[0]).not.toBe(walls[1]?.[0])
  })

  test('an account without slots says where to set them', async () => {
    const { owner, postId } = await deskWithDraft()
    expect(await schedulePost(owner, { postId, when: { kind: 'next_slot' } })).toMatchObject({
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining(' has no slots yet') },
    })
  })

  test('a slot keeps its time on the wall, and one that clocks skip moves forward', () => {
    const sunday = { weekday: 0, minute: 150 }
    const from = new Date('2026-03-20T00:00Z')
    expect(slotInstants([sunday], zone, from, 3).map((at) => wallOf(at, zone))).toEqual([
      '2026-03-22T02:30',
      '2026-03-29T03:30',
      '2026-04-05T02:30',
    ])
  })
})

describe('taking a move back', () => {
  /** All that is kept of when a post goes out. */
  const timesOf = async (postId: string) => ({
    ...(await prisma.post.findUniqueOrThrow({
      where: { id: postId },
      select: { publishAt: true, wallTime: true, timeZone: true, state: true },
    })),
    variants: (await variantsOf(postId)).map(({ accountId, state, publishAt }) => ({ accountId, state, publishAt })),
  })
  const past = { publishAt: '2020-01-01T08:00:00.000Z', wallTime: '2020-01-01T09:00', timeZone: zone }

  test('what went back to the drafts is put back with each account at its own time', async () => {
    const { desk, owner, accountId } = await deskWithDraft()
    const other = await desk.account('bluesky', 'ada-sky')
    must(await setSlots(owner, { accountId, slots: [{ weekday: 1, minute: 600 }] }))
    must(await setSlots(owner, { accountId: other, slots: [{ weekday: 1, minute: 660 }] }))
    const targets = [{ accountId }, { accountId: other }]
    const { postId } = must(await createPost(owner, { content, targets, when: { kind: 'next_slot' } }))
    const scheduled = await timesOf(postId)
    expect(new Set(scheduled.variants.map(({ publishAt }) => publishAt?.getTime())).size).toBe(2)
    const { before, state } = must(await cancelPost(owner, { postId }))
    expect(state).toBe('draft')
    must(await putBackPost(owner, { postId, times: before ?? { ...past, byAccount: {} } }))
    expect(await timesOf(postId)).toEqual(scheduled)
  })

  test('what was moved goes back to its wall time, in its zone, and to the same one of two that are called alike', async () => {
    const { owner, postId } = await deskWithDraft()
    const timeZone = 'America/New_York'
    // The first Sunday of November: 01:30 comes twice there, and once in Zurich.
    const first = new Date(Date.UTC(year, 10, 1))
    const sunday = new Date(Date.UTC(year, 10, 1 + ((7 - first.getUTCDay()) % 7))).toISOString().slice(0, 10)
    const when = { kind: 'at', wallTime: `${sunday}T01:30`, timeZone, fold: 'later' } as const
    must(await schedulePost(owner, { postId, when }))
    const scheduled = await timesOf(postId)
    const move = { kind: 'at', wallTime: `${autumn}T09:00`, timeZone: zone } as const
    const { before } = must(await reschedulePost(owner, { postId, when: move }))
    expect(await timesOf(postId)).toMatchObject({ timeZone: zone, wallTime: move.wallTime })
    must(await putBackPost(owner, { postId, times: before ?? { ...past, byAccount: {} } }))
    expect(await timesOf(postId)).toEqual(scheduled)
    expect(scheduled).toMatchObject({ timeZone, wallTime: when.wallTime })
    const event = await prisma.event.findFirstOrThrow({
      where: { workspaceId: owner.workspaceId, subjectId: postId },
      orderBy: { id: 'desc' },
    })
    expect(event).toMatchObject({ type: 'post.moved', particulars: { how: 'put_back', timeZone } })
  })

  test('nothing is put back into the past, nor where the wall and the instant contradict each other', async () => {
    const { owner, postId, accountId } = await deskWithDraft()
    must(await schedulePost(owner, { postId, when: { kind: 'instant', at: hoursAhead(3) } }))
    const scheduled = await timesOf(postId)
    const ahead = hoursAhead(5).toISOString()
    for (const [times, why] of [
      [past, 'has passed'],
      [{ ...past, publishAt: ahead }, 'contradict'],
      [{ ...past, timeZone: 'Nowhere/At_all' }, 'contradict'],
    ] as const)
      expect(await putBackPost(owner, { postId, times: { ...times, byAccount: {} } })).toMatchObject({
        error: { code: 'VALIDATION_ERROR', message: expect.stringContaining(why) },
      })
    expect(await timesOf(postId)).toEqual(scheduled)
    // Where the first of its accounts is out already, the time of the others is what counts.
    must(await putBackPost(owner, { postId, times: { ...past, byAccount: { [accountId]: ahead } } }))
    expect((await variantsOf(postId))[0]?.publishAt?.toISOString()).toBe(ahead)
  })
})

describe('many at once', () => {
  test('what cannot be done is told for each post, and stops none of the others', async () => {
    const { owner, draft, postId: unplaced } = await deskWithDraft()
    const [a, b, held] = [await draft(), await draft(), await draft()]
    const before = `${autumn}T09:00`
    for (const postId of [a, b, held])
      must(
        await schedulePost(owner, {
          postId,
          when: { kind: 'at', wallTime: shiftWall(before, postId === b ? -1_440 : 0), timeZone: zone },
        }),
      )
    await putInto(held, 'sending')
    const moved = must(
      await reschedulePosts(owner, { postIds: [a, held, unplaced, b, 'nowhere'], shiftMinutes: 1_440 }),
    )
    expect(moved.done).toEqual([a, b])
    expect(moved.failed.map(({ postId, error }) => [postId, error.code])).toEqual([
      [held, 'CONFLICT'],
      [unplaced, 'CONFLICT'],
      ['nowhere', 'NOT_FOUND'],
    ])
    expect(moved.failed[0]?.error.message).toBe('This post is being sent right now, so it cannot move.')
    // A day on the wall, over the night in which clocks went back.
    expect(must(await getPost(owner, { postId: b })).wallTime).toBe(before)
    expect(must(await getPost(owner, { postId: a })).wallTime).toBe(shiftWall(before, 1_440))
    expect(must(await publishPostsNow(owner, { postIds: [a, held] }))).toMatchObject({
      done: [a],
      failed: [{ postId: held }],
    })
    expect(must(await deletePosts(owner, { postIds: [a, held, b] }))).toMatchObject({
      done: [a, b],
      failed: [{ postId: held }],
    })
  })

  test('a move into the past or into a time that does not exist is told, and nothing moves', async () => {
    const { owner, postId } = await deskWithDraft()
    const wallTime = shiftWall(`${spring}T02:30`, -1_440)
    must(await schedulePost(owner, { postId, when: { kind: 'at', wallTime, timeZone: zone } }))
    for (const shiftMinutes of [1_440, -525_600])
      expect(must(await reschedulePosts(owner, { postIds: [postId], shiftMinutes })).failed[0]?.error.code).toBe(
        'VALIDATION_ERROR',
      )
    expect(must(await getPost(owner, { postId })).wallTime).toBe(wallTime)
  })
})
