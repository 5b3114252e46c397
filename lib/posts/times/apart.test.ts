import { afterAll, expect, test } from 'vitest'
import { day } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { wallOf } from '@/lib/core/wall'
import { transact } from '@/lib/workspace'
import type { VariantState } from '../schema'
import { closeAll, hoursAhead, must, newDesk, variantsOf } from '../desk.test-data'
import { calendarWindow, dashboard, quickStats } from '../lists/queries'
import { sumUpPost } from '../publish/sum-up'
import { createPost } from '../write/create'
import { editPost } from '../write/edit'
import { moveAccount } from './move-account'
import { putBackPost } from './put-back'
import { reschedulePost } from './reschedule'
import { setSlots } from './slots'

afterAll(closeAll)

const content = { text: 'hi' }
const zone = 'Europe/Zurich'

/** A post for X and LinkedIn, whose next slots are three days apart. */
async function apart() {
  const desk = await newDesk(zone)
  const owner = await desk.as('owner')
  const [x, linkedin] = [await desk.account('x'), await desk.account('linkedin')]
  const slot = (hours: number) => [{ weekday: hoursAhead(hours).getUTCDay(), minute: 540 }]
  must(await setSlots(owner, { accountId: x, slots: slot(24) }))
  must(await setSlots(owner, { accountId: linkedin, slots: slot(96) }))
  const targets = [{ accountId: x }, { accountId: linkedin }]
  const { postId } = must(await createPost(owner, { content, targets, when: { kind: 'next_slot' } }))
  const timeOf = async (accountId: string) =>
    (await variantsOf(postId)).find((one) => one.accountId === accountId)?.publishAt ?? new Date(0)
  const times = async () => {
    const { publishAt, wallTime } = await prisma.post.findUniqueOrThrow({ where: { id: postId } })
    return { publishAt, wallTime }
  }
  /** As the sending side would leave it. */
  const become = async (accountId: string, data: { state?: VariantState; publishAt?: Date; notBefore?: Date }) => {
    await prisma.variant.updateMany({ where: { postId, accountId }, data })
    await transact(desk.system, (work) => sumUpPost(work, postId))
  }
  return { owner, x, linkedin, postId, timeOf, times, become }
}

/** X went out two days ago, and LinkedIn goes out in twelve hours. */
async function halfOut() {
  const post = await apart()
  await post.become(post.x, { state: 'published', publishAt: hoursAhead(-48) })
  await post.become(post.linkedin, { publishAt: hoursAhead(12) })
  return post
}

const around = (at: Date) => ({ from: new Date(at.getTime() - day / 2), to: new Date(at.getTime() + day / 2) })

test('a post is due by the account that is still to go out and, once all are out, by the first', async () => {
  const { linkedin, times, become } = await halfOut()
  expect(await times()).toEqual({ publishAt: hoursAhead(12), wallTime: wallOf(hoursAhead(12), zone) })
  await become(linkedin, { state: 'published' })
  expect((await times()).publishAt).toEqual(hoursAhead(-48))
})

test('a post is due by the accounts it still has', async () => {
  const { owner, linkedin, postId, times, timeOf } = await apart()
  must(await editPost(owner, { postId, revision: 1, content, targets: [{ accountId: linkedin }] }))
  expect((await times()).publishAt).toEqual(await timeOf(linkedin))
})

test('the dashboard says what is due of a post that is out on one account', async () => {
  const { owner, postId } = await halfOut()
  expect(must(await dashboard(owner, {})).due.items.map(({ id }) => id)).toEqual([postId])
})

test('what is left of a post goes out at the time it is moved to', async () => {
  const { owner, linkedin, postId, timeOf, times } = await halfOut()
  must(await reschedulePost(owner, { postId, when: { kind: 'instant', at: hoursAhead(72) } }))
  expect(await timeOf(linkedin)).toEqual(hoursAhead(72))
  expect((await times()).publishAt).toEqual(hoursAhead(72))
})

test('one account gets another time, the others keep theirs, and all of it can be put back', async () => {
  const { owner, x, linkedin, postId, timeOf, times } = await apart()
  const [ofX, ofLinkedin] = [await timeOf(x), await timeOf(linkedin)]
  const later = new Date(ofLinkedin.getTime() + day)
  const moved = must(await moveAccount(owner, { postId, accountId: linkedin, when: { kind: 'instant', at: later } }))
  expect([await timeOf(x), await timeOf(linkedin)]).toEqual([ofX, later])
  expect((await times()).publishAt).toEqual(ofX)
  const { items } = must(await calendarWindow(owner, { from: ofX, to: new Date(later.getTime() + 1) }))
  expect(items.map(({ shownAt, platforms }) => [shownAt, platforms])).toEqual([
    [ofX.toISOString(), ['x']],
    [later.toISOString(), ['linkedin']],
  ])
  if (!moved.before) throw new Error('nothing to put back')
  must(await putBackPost(owner, { postId, times: moved.before }))
  expect([await timeOf(x), await timeOf(linkedin)]).toEqual([ofX, ofLinkedin])
})

test('an account that is moved before the others is when the post is due, on its own wall clock', async () => {
  const { owner, linkedin, postId, times } = await apart()
  const first = hoursAhead(2)
  must(await moveAccount(owner, { postId, accountId: linkedin, when: { kind: 'instant', at: first } }))
  expect(await times()).toEqual({ publishAt: first, wallTime: wallOf(first, zone) })
  const [event] = await prisma.event.findMany({ where: { subjectId: postId }, orderBy: { at: 'desc' }, take: 1 })
  expect(event).toMatchObject({ type: 'post.moved', particulars: { accountId: linkedin, to: first.toISOString() } })
})

test('moving one account asks what moving a post asks', async () => {
  const { owner, x, linkedin, postId, timeOf, become } = await halfOut()
  const to = (accountId: string, when: Parameters<typeof moveAccount>[1]['when']) =>
    moveAccount(owner, { postId, accountId, when })
  const codeOf = async (asked: ReturnType<typeof to>) => {
    const result = await asked
    return result.ok ? 'ok' : result.error.code
  }
  const soon = { kind: 'instant', at: hoursAhead(5) } as const
  expect(await codeOf(to(x, soon))).toBe('CONFLICT')
  expect(await codeOf(to('nobody', soon))).toBe('NOT_FOUND')
  expect(await codeOf(to(linkedin, { kind: 'now' }))).toBe('VALIDATION_ERROR')
  expect(await codeOf(to(linkedin, { kind: 'instant', at: hoursAhead(-1) }))).toBe('VALIDATION_ERROR')
  const skipped = { kind: 'at', wallTime: '2031-03-30T02:30', timeZone: zone } as const
  expect(await codeOf(to(linkedin, skipped))).toBe('VALIDATION_ERROR')
  expect(await timeOf(linkedin)).toEqual(hoursAhead(12))
  await become(linkedin, { state: 'sending' })
  expect(await codeOf(to(linkedin, soon))).toBe('CONFLICT')
})

test('what one network refused is seen while another is waited for', async () => {
  const { owner, x, linkedin, postId, become } = await apart()
  await become(x, { state: 'refused', publishAt: hoursAhead(-3) })
  await become(linkedin, { publishAt: hoursAhead(-3), notBefore: hoursAhead(20) })
  const { due, failed, needsYou } = must(await dashboard(owner, {}))
  expect([due, failed, needsYou].map(({ items }) => items.map(({ id }) => id))).toEqual([[postId], [postId], []])
})

test('the calendar shows a post at each of its times, with the accounts that go out then', async () => {
  const { owner, x, linkedin, postId, timeOf } = await apart()
  for (const [accountId, platforms] of [
    [x, ['x']],
    [linkedin, ['linkedin']],
  ] as const) {
    const at = await timeOf(accountId)
    const { items } = must(await calendarWindow(owner, around(at)))
    expect(items).toMatchObject([
      { id: postId, shownAt: at.toISOString(), platforms, accountIds: [accountId], state: 'scheduled', movable: true },
    ])
    expect(must(await quickStats(owner, around(at))).byState).toEqual({ scheduled: 1 })
    expect(must(await calendarWindow(owner, { ...around(at), accountIds: [accountId] })).items).toHaveLength(1)
  }
  const other = { ...around(await timeOf(linkedin)), accountIds: [x] }
  expect(must(await calendarWindow(owner, other)).items).toEqual([])
  expect(must(await quickStats(owner, other)).byState).toEqual({})
})

test('the calendar turns its pages between two times of one post', async () => {
  const { owner, postId } = await apart()
  const all = { from: hoursAhead(0), to: hoursAhead(24 * 14), take: 1 }
  const first = must(await calendarWindow(owner, all))
  const second = must(await calendarWindow(owner, { ...all, cursor: first.next ?? '' }))
  expect([...first.items, ...second.items].map(({ id, platforms }) => [id, platforms])).toEqual([
    [postId, ['x']],
    [postId, ['linkedin']],
  ])
  expect(second.next).toBeNull()
})

test('on the calendar what is out stays where it went out, and the rest can be moved', async () => {
  const { owner } = await halfOut()
  const { items } = must(await calendarWindow(owner, { from: hoursAhead(-72), to: hoursAhead(72) }))
  expect(items.map(({ shownAt, state, movable }) => [shownAt, state, movable])).toEqual([
    [hoursAhead(-48).toISOString(), 'published', false],
    [hoursAhead(12).toISOString(), 'scheduled', true],
  ])
})
