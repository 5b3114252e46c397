import { afterAll, describe, expect, test } from 'vitest'
import { fillTo, month } from '@/bench/calendar/fill'
import { readingsOf } from '@/bench/calendar/readings'
import { createPost } from '../write/create'
import { deletePost } from '../write/delete'
import { closeAll, hoursAhead, must, newDesk, putInto } from '../desk.test-data'
import { getPost, postPreview } from '../lists/get'
import { calendarWindow, dashboard, draftsTray, listPosts, quickStats } from '../lists/queries'
import { listTargets } from '../rules/targets'

afterAll(closeAll)

const text = (words: string) => ({ content: { text: words } })
const inHours = (hours: number) => ({ kind: 'instant', at: hoursAhead(hours) }) as const

describe('finding posts', () => {
  test('a window holds what is due in it, by time, without the texts; its end is not part of it', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const targets = [{ accountId: await desk.account() }]
    const at = async (hours: number) =>
      must(await createPost(owner, { ...text(`in ${hours} hours`), targets, when: inHours(hours) })).postId
    const [c, a, b] = [await at(30), await at(1), await at(10)]
    await at(50)
    must(await createPost(owner, { ...text('a draft'), targets }))
    const deleted = await at(3)
    must(await deletePost(owner, { postId: deleted }))
    const window = { from: hoursAhead(0), to: hoursAhead(50) }
    const found = must(await calendarWindow(owner, window))
    expect(found.items.map(({ id }) => id)).toEqual([a, b, c])
    expect(JSON.stringify(found)).not.toContain('content')
    const part = must(await calendarWindow(owner, { ...window, take: 2 }))
    const rest = must(await calendarWindow(owner, { ...window, take: 2, cursor: part.next ?? '' }))
    expect([part, rest].map(({ items }) => items.map(({ id }) => id))).toEqual([[a, b], [c]])
    expect(rest.next).toBeNull()
    expect(await calendarWindow(owner, { ...window, cursor: 'nonsense' })).toMatchObject({
      error: { code: 'VALIDATION_ERROR' },
    })
    const wide = { from: hoursAhead(0), to: hoursAhead(63 * 24) }
    for (const bad of [wide, { from: window.to, to: window.from }])
      expect(await calendarWindow(owner, bad)).toMatchObject({ error: { code: 'VALIDATION_ERROR' } })
  })

  test('filters and pages together let every post through once', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const [x, li] = [await desk.account('x'), await desk.account('linkedin')]
    const made: string[] = []
    for (let i = 0; i < 7; i += 1) {
      const targets = [{ accountId: i % 2 ? x : li }]
      // Three at the same instant, so that a page ends between equals.
      const when = i < 5 ? { when: inHours(i < 3 ? 5 : 6) } : {}
      made.push(
        must(await createPost(owner, { ...text(i % 2 ? `50% Off_${i}` : `plain ${i}`), targets, ...when })).postId,
      )
    }
    const window = (page: { cursor?: string; take: number }): ReturnType<typeof listPosts> =>
      calendarWindow(owner, { from: hoursAhead(4), to: hoursAhead(7), ...page })
    const all = async (filter: object, read: typeof window = (page) => listPosts(owner, { ...filter, ...page })) => {
      const ids: string[] = []
      let cursor: string | undefined
      do {
        const page = must(await read({ take: 2, ...(cursor ? { cursor } : {}) }))
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.next ?? undefined
      } while (cursor)
      return ids
    }
    expect(await all({})).toEqual(made.toReversed())
    expect((await all({ sort: 'due' })).toSorted()).toEqual(made.slice(0, 5))
    expect(await all({}, window)).toEqual(await all({ sort: 'due' }))
    expect(await all({ platforms: ['x'] })).toEqual([made[5], made[3], made[1]])
    expect(await all({ accountIds: [li], states: ['draft'] })).toEqual([made[6]])
    // What a search means to the database is not what it means to a person.
    expect(await all({ search: '0% off_3' })).toEqual([made[3]])
    expect(await listPosts(owner, { sort: 'due', cursor: 'nonsense' })).toMatchObject({
      error: { code: 'VALIDATION_ERROR' },
    })
    const first = must(await draftsTray(owner, { take: 1 }))
    const rest = must(await draftsTray(owner, { take: 1, cursor: first.next ?? undefined }))
    expect([first, rest].map(({ items, count }) => [items[0]?.id, count])).toEqual([
      [made[6], 2],
      [made[5], 2],
    ])
    expect(rest.next).toBeNull()
  })

  test('the dashboard names what is due, what failed and what waits, with counts of all', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const targets = [{ accountId: await desk.account() }]
    const put = async (hours: number) =>
      must(await createPost(owner, { ...text('x'), targets, when: inHours(hours) })).postId
    for (let i = 0; i < 9; i += 1) await put(2)
    const [failed, waiting] = [await put(1), await put(1)]
    await put(40)
    await putInto(failed, 'refused')
    await putInto(waiting, 'needs_person', { kind: 'late', message: 'late' })
    const seen = must(await dashboard(owner, {}))
    expect([seen.due.count, seen.due.items.length]).toEqual([9, 8])
    expect(seen.failed.items.map(({ id }) => id)).toEqual([failed])
    expect(seen.needsYou.items.map(({ id }) => id)).toEqual([waiting])
    const stats = must(await quickStats(owner, { from: hoursAhead(0), to: hoursAhead(24) }))
    expect(stats.byState).toEqual({ scheduled: 9, refused: 1, needs_person: 1 })
  })

  test('the counts of a month are those of the posts its calendar shows, whatever is chosen, by an index', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const { id } = desk.workspace
    await fillTo(id, 14_400)
    const nowhere = { platforms: ['linkedin'], accountIds: [`${id}x`], search: 'nowhere' }
    for (const filter of [
      {},
      { platforms: ['linkedin'] },
      { accountIds: [`${id}linkedin`] },
      { search: 'NUMBER 12' },
      { platforms: ['linkedin'], accountIds: [`${id}x`], search: 'number 2' },
      nowhere,
    ]) {
      const { items } = must(await calendarWindow(owner, { ...month, ...filter, take: 2_000 }))
      const shown = Object.fromEntries(
        [...Map.groupBy(items, ({ state }) => state)].map(([state, those]) => [state, those.length]),
      )
      const count = async () => must(await quickStats(owner, { ...month, ...filter })).byState
      expect([filter, await count()]).toEqual([filter, shown])
      expect(items.length > 0).toBe(filter !== nowhere)
      // Variants are joined to what was found: while there are few of them, their table is read whole.
      const ofPosts = (await readingsOf(count)).filter(({ table }) => table !== 'Variant')
      expect([filter, ofPosts.filter(({ how }) => how === 'Seq Scan')]).toEqual([filter, []])
    }
  })

  test('a preview and the accounts to write for carry what the screens show', async () => {
    const desk = await newDesk()
    const owner = await desk.as('owner')
    const accountId = await desk.account('bluesky', 'ada.test')
    const { postId } = must(await createPost(owner, { ...text('Look'), targets: [{ accountId }] }))
    expect(must(await postPreview(owner, { postId }))).toMatchObject({
      text: 'Look',
      threadLength: 1,
      variants: [{ handle: 'ada.test', state: 'draft' }],
    })
    expect(must(await listTargets(owner, {}))).toMatchObject([
      { id: accountId, platform: 'bluesky', threads: true, hasSlots: false },
    ])
    expect(must(await getPost(owner, { postId })).variants).toMatchObject([
      { handle: 'ada.test', steps: [], metrics: [] },
    ])
  })
})
