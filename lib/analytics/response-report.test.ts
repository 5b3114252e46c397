import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { day, hour, inMs, minute, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { must } from '@/lib/accounts/connected.fixture'
import { receive } from '@/lib/inbox'
import { closeDesk, newDesk } from '@/lib/inbox/desk.fixture'
import { readingsOf } from '@/bench/calendar/readings'
import { fill, readWhole } from '@/lib/inbox/many.fixture'
import { saveCalendar } from '@/lib/routing'
import { codeOf, systemIn } from '@/lib/workspace/testing'
import Papa from 'papaparse'
import { exportReport } from './export-report'
import { responseReport } from './response-report'
import { tookOf } from './took'

let desk: Awaited<ReturnType<typeof newDesk>>
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  accountId = await desk.account('facebook')
})
afterAll(() => closeDesk())

const begun = inMs(-2 * day, new Date(new Date().setUTCHours(10, 0, 0, 0)))
const at = (ms: number) => inMs(ms, begun).toISOString()
const says = (conversation: string, externalId: string, ms: number, text: string, own = false) => ({
  externalId,
  kind: 'dm' as const,
  text,
  at: at(ms),
  author: { externalId: own ? 'us' : `u-${conversation}`, handle: conversation, displayName: conversation },
  own,
  conversation,
  ref: null,
})

test('a small world is counted as by hand', async () => {
  const { system, workspace } = desk
  const owner = await desk.as('owner', 'Ada')
  const items = [
    // Answered after 10 minutes, done after 2 hours.
    says('a', 'a1', 0, 'Hello, where is my order?'),
    says('a', 'a2', 10 * minute, 'On its way.', true),
    // A program answered after 1 minute, a person after 30.
    says('b', 'b1', 0, 'I want to buy the blue one, how much is it?'),
    says('b', 'b2', minute, 'We will be with you soon.', true),
    says('b', 'b3', 30 * minute, 'It is 20.', true),
    // Nobody answered.
    says('c', 'c1', hour, 'This is terrible, I hate it.'),
    // Before the period.
    says('d', 'd1', -40 * day, 'Long ago'),
  ]
  const hear = async (own: boolean) =>
    must(await receive(system, { accountId, items: items.filter((each) => each.own === own), via: 'poll' })).fresh
  expect(await hear(false)).toBe(4)
  const of = (externalKey: string) => prisma.conversation.findFirstOrThrow({ where: { accountId, externalKey } })
  const reply = async (externalKey: string, externalId: string, authorKind: string, authorId: string) => {
    const conversation = await of(externalKey)
    const message = await prisma.message.findFirstOrThrow({ where: { conversationId: conversation.id, own: false } })
    await prisma.reply.create({
      data: {
        id: newId(),
        workspaceId: workspace.id,
        conversationId: conversation.id,
        accountId,
        messageId: message.id,
        contentHash: externalId,
        text: externalId,
        intent: {},
        state: 'sent',
        sendAt: now(),
        sentAt: inMs(-day),
        authorKind,
        authorId,
        externalId,
      },
    })
  }
  await reply('a', 'a2', 'member', owner.actor.id)
  await reply('b', 'b2', 'ai', 'a draft')
  await reply('b', 'b3', 'member', owner.actor.id)
  expect(await hear(true)).toBe(3)
  const done = await of('a')
  await prisma.conversation.update({
    where: { id: done.id },
    data: { state: 'done', resolvedAt: inMs(2 * hour, begun), assigneeId: owner.actor.id },
  })
  await prisma.conversation.update({ where: { id: (await of('c')).id }, data: { assigneeId: owner.actor.id } })

  const promise = (kind: string, startedAt: Date, more: object) =>
    prisma.slaClock.create({
      data: {
        id: newId(),
        workspaceId: workspace.id,
        conversationId: done.id,
        policyId: 'p',
        kind,
        startedAt,
        minutes: 60,
        ...more,
      },
    })
  await promise('first_reply', begun, { stoppedAt: now() })
  await promise('first_reply', begun, { stoppedAt: now(), breachedAt: now() })
  await promise('resolution', begun, {})
  await promise('resolution', inMs(-40 * day), { breachedAt: now() })
  // Open at ten and at eleven for five minutes, on the clock of UTC.
  const week = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    ['10', '11'].map((hourOf) => ({ day: weekday, from: `${hourOf}:00`, to: `${hourOf}:05` })),
  )
  must(await saveCalendar(owner, { name: 'Five minutes an hour', timeZone: 'UTC', week }))

  const report = await responseReport(owner, { days: 28 })
  if (!report.ok) throw new Error(report.error.message)
  expect(report.value).toMatchObject({
    asked: 3,
    answered: 2,
    answeredByProgram: 1,
    firstReply: { medianMs: 10 * minute, p90Ms: 30 * minute, n: 2 },
    resolution: { medianMs: 2 * hour, p90Ms: 2 * hour, n: 1 },
    programReply: { medianMs: minute, p90Ms: minute, n: 1 },
    businessHours: {
      name: 'Five minutes an hour',
      firstReply: { medianMs: 5 * minute, p90Ms: 5 * minute, n: 2 },
      resolution: { medianMs: 10 * minute, p90Ms: 10 * minute, n: 1 },
    },
    promises: { firstReply: { kept: 1, broken: 1, owed: 0 }, resolution: { kept: 0, broken: 0, owed: 1 } },
    isSample: false,
    people: [{ name: 'Ada', answers: 2, open: 1 }],
  })
  // Three things were said on one day; at 10 and 11 UTC, on Zurich's clock an hour or two later.
  expect(report.value.sentiment).toMatchObject([{ n: 3 }])
  expect(report.value.byHour.reduce((sum, n) => sum + n, 0)).toBe(3)
  const summer = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Zurich', hour: 'numeric', hourCycle: 'h23' })
  expect(report.value.byHour[Number(summer.format(begun))]).toBe(2)
  expect(report.value.answersByHour.reduce((sum, n) => sum + n, 0)).toBe(3)

  const { name, text } = must(await exportReport(owner, { days: 28 }))
  expect(name).toMatch(/-responses-\d{4}-\d\d-\d\d\.csv$/)
  const { data } = Papa.parse<Record<string, string>>(text, { header: true })
  const line = (figure: string, part: string) => data.find((row) => row.figure === figure && row.part === part)
  expect(line('First answer, median', 'wall clock')).toMatchObject({ value: '600000', unit: 'ms', of: '2' })
  expect(line('First answer, median', 'Five minutes an hour')).toMatchObject({ value: '300000', unit: 'ms' })
  expect(line('Promise of an answer', 'broken')).toMatchObject({ value: '1', of: '2' })
  expect(line('Answers', 'Ada')).toMatchObject({ value: '2' })
  for (const row of data) expect([row.from, row.to]).toEqual([expect.stringMatching(/Z$/), row['as of']])
  expect(codeOf(await exportReport(await desk.as('manager'), { days: 28 }))).toBe('FORBIDDEN')
})

const comment = (who: string, n: number, ms: number, text: string, more: object = {}) => ({
  ...says('a post', `${who}-${n}`, ms, text),
  kind: 'comment' as const,
  author: { externalId: `u-${who}`, handle: `@${who}`, displayName: who },
  ...more,
})

test('under a post each who comments asks, and an answer to one is none to the others', async () => {
  const other = await newDesk()
  const owner = await other.as('owner')
  const account = await other.account('facebook')
  const buyers = Array.from({ length: 9 }, (_, n) =>
    comment(`buyer${n}`, 1, n * minute, 'How much is it? I want to buy two'),
  )
  const items = [
    ...buyers,
    comment('anna', 1, 10 * minute, 'Do you open on Sundays?'),
    comment('us', 1, 30 * minute, 'We do.', { own: true, parent: 'anna-1' }),
    // Whoever goes on asks nothing new.
    comment('anna', 2, 40 * minute, 'Lovely, thanks!'),
    // Who spoke there before the period asked then.
    comment('early', 1, -40 * day, 'Where is that?'),
    comment('early', 2, 50 * minute, 'I still wonder.'),
    comment('last', 1, 60 * minute, 'Nice picture.'),
    comment('spammer', 1, 61 * minute, 'FREE followers!!! Click http://spam.test/win to win $1000 cash now'),
    { ...comment('fan', 1, 62 * minute, ''), kind: 'reaction' as const, reaction: 'like' },
  ]
  must(await receive(other.system, { accountId: account, items, via: 'webhook' }))
  expect(must(await responseReport(owner, { days: 28 }))).toMatchObject({
    asked: 11,
    answered: 1,
    leads: 9,
    firstReply: { medianMs: 20 * minute, n: 1 },
    resolution: { n: 0 },
  })
  await prisma.conversation.updateMany({
    where: { accountId: account },
    data: { state: 'done', resolvedAt: inMs(20 * minute, begun) },
  })
  // The last one wrote when it was done already.
  expect(must(await responseReport(owner, { days: 28 })).resolution).toEqual({
    medianMs: 15 * minute,
    p90Ms: 19 * minute,
    n: 10,
  })
})

test('sentiment is of what was measured: neither likes nor a language that is not read draw it to the middle', async () => {
  const other = await newDesk()
  const owner = await other.as('owner')
  const account = await other.account('facebook')
  const likes = Array.from({ length: 9 }, (_, n) => ({
    ...comment(`fan${n}`, 1, n * minute, ''),
    kind: 'reaction' as const,
    reaction: 'like',
  }))
  const items = [
    ...likes,
    comment('anna', 1, 10 * minute, 'This is terrible, awful and I hate it. Worst ever.'),
    comment('greta', 1, 11 * minute, 'Das ist wirklich furchtbar schlecht, mein Anwalt hört davon.'),
  ]
  must(await receive(other.system, { accountId: account, items, via: 'webhook' }))
  const { sentiment } = must(await responseReport(owner, { days: 28 }))
  expect(sentiment).toMatchObject([{ n: 1 }])
  expect(sentiment[0]?.average).toBeLessThan(-0.9)
})

test('a private answer, which stands under the comment and in the chat, is counted once', async () => {
  const other = await newDesk()
  const owner = await other.as('owner')
  const account = await other.account('facebook')
  const items = [
    { ...says('a thread', 'c1', 0, 'Where is my order?'), kind: 'comment' as const },
    says('u-a thread', 'p1', minute, 'Which one?', true),
    says('u-a thread', 'p2', 2 * minute, 'Number 7'),
  ]
  must(await receive(other.system, { accountId: account, items, via: 'webhook' }))
  const echo = await prisma.message.findFirstOrThrow({ where: { accountId: account, externalId: 'p1' } })
  const thread = await prisma.conversation.findFirstOrThrow({ where: { accountId: account, externalKey: 'a thread' } })
  const {
    id: _id,
    media: _media,
    source: _source,
    ref: _ref,
    understanding: _read,
    reasons: _why,
    wordings: _before,
    ...said
  } = echo
  await prisma.message.create({
    data: {
      ...said,
      id: newId(),
      conversationId: thread.id,
      externalId: 'p1:privately',
      kind: 'comment',
      privately: true,
      source: {},
      via: 'reply',
    },
  })
  const { byHour, answersByHour } = must(await responseReport(owner, { days: 28 }))
  const sum = (hours: readonly number[]) => hours.reduce((all, n) => all + n, 0)
  expect([sum(byHour), sum(answersByHour)]).toEqual([2, 1])
})

/** One post, under which so many comment, half of them before the last 28 days already, and all of them today. */
async function manyUnderOnePost(workspaceId: string, account: string, many: number): Promise<void> {
  const first = { ...comment('one', 1, -40 * day, 'First'), conversation: 'huge' }
  must(await receive(await systemIn(workspaceId), { accountId: account, items: [first], via: 'webhook' }))
  const { id: conversationId } = await prisma.conversation.findFirstOrThrow({ where: { accountId: account } })
  const of = {
    workspaceId,
    accountId: account,
    conversationId,
    kind: 'comment',
    own: false,
    source: {},
    via: 'webhook',
  }
  const word = (n: number, time: Date) => ({
    ...of,
    id: newId(),
    externalId: newId(),
    identityId: `who-${n}`,
    authorName: 'One',
    authorHandle: `@${n}`,
    text: 'Word',
    at: time,
    textAt: time,
  })
  const early = Array.from({ length: many / 2 }, (_, n) => word(n, inMs(-35 * day)))
  const late = Array.from({ length: many }, (_, n) => word(n, inMs(-minute)))
  await prisma.message.createMany({ data: [...early, ...late] })
}

/** Says of each conversation of a workspace that it was heard of, given to somebody and done, on a day each. */
async function doneNowAndThen(workspaceId: string): Promise<void> {
  const types = ['message.received', 'conversation.assigned', 'conversation.done']
  await prisma.$executeRaw`
    insert into "Event" (id, "workspaceId", type, "subjectType", "subjectId", "actorKind", "actorId", particulars, "requestId", at)
    select gen_random_uuid(), c."workspaceId", t.type, 'conversation', c.id, 'system', 'test', '{}', 'test',
      c."lastMessageAt" + t.n * interval '1 day'
    from "Conversation" c, unnest(${types}::text[]) with ordinality t(type, n) where c."workspaceId" = ${workspaceId}`
  await prisma.$executeRaw`analyze "Event"`
}

test('hours that are not there are not reported as if nobody had any, and a period that is not counted names those that are', async () => {
  const owner = await (await newDesk()).as('owner')
  const nowhere = await responseReport(owner, { days: 28, calendarId: newId() })
  expect(nowhere).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  const month = await responseReport(owner, JSON.parse('{"days":30}'))
  expect(month).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } })
  expect(JSON.stringify(month)).toMatch(/Choose one of 7, 28, 90/)
})

test('over many conversations, and in a thread of many, no figure reads a table whole', async () => {
  const large = await newDesk()
  const reader = await large.as('owner')
  // Beside others: what is all of a table is read whole, and rightly.
  for (const desk of [large, await newDesk(), await newDesk()])
    await fill(desk.workspace.id, await desk.account('facebook'), 10_000, reader.actor.id)
  await doneNowAndThen(large.workspace.id)
  await manyUnderOnePost(large.workspace.id, await large.account('facebook'), 2_000)
  expect(must(await responseReport(reader, { days: 28 })).asked).toBe(559 + 1_000)
  const readings = await readingsOf(async () => must(await responseReport(reader, { days: 28 })))
  expect(readWhole(readings)).toEqual([])
  expect(new Set(readings.flatMap(({ table, index }) => (table === 'Event' ? [index] : [])))).toEqual(
    new Set(['Event_done_idx']),
  )
})

test('an empty workspace has no times, rather than times of 0', async () => {
  const other = await newDesk()
  const report = await responseReport(await other.as('viewer'), {})
  expect(report).toMatchObject({ ok: true, value: { asked: 0, firstReply: { medianMs: null, p90Ms: null, n: 0 } } })
})

test('median and 90th percentile are values that occurred', () => {
  expect(tookOf([5, 1, 4, 2, 3])).toEqual({ medianMs: 3, p90Ms: 5, n: 5 })
  expect(tookOf(Array.from({ length: 100 }, (_, n) => n + 1))).toEqual({ medianMs: 50, p90Ms: 90, n: 100 })
})

test('likes and spam need nobody: neither moves the load of an hour, nor spam how people feel', async () => {
  const other = await newDesk()
  const owner = await other.as('owner')
  const shop = await other.account('facebook')
  const item = (externalId: string, ms: number, text: string, more = {}) => ({
    ...says('post', externalId, ms, text),
    kind: 'comment' as const,
    author: { externalId: `u-${externalId}`, handle: externalId, displayName: externalId },
    ...more,
  })
  const likes = Array.from({ length: 20 }, (_, n) =>
    item(`like-${n}`, 0, '', { kind: 'reaction' as const, reaction: '👍' }),
  )
  const items = [
    ...likes,
    item('shared', 0, '', { kind: 'share' as const }),
    item('spam', hour, 'Great news, you won! Check out my page for cheap followers'),
    item('asked', hour, 'Where is my order? This is terrible.'),
    item('ours', 2 * hour, 'On its way.', { own: true }),
  ]
  must(await receive(other.system, { accountId: shop, items, via: 'webhook' }))
  expect(await prisma.message.findFirstOrThrow({ where: { accountId: shop, externalId: 'spam' } })).toMatchObject({
    intent: 'spam',
  })
  const { asked, sentiment, byHour, answersByHour } = must(await responseReport(owner, { days: 28 }))
  const sum = (hours: readonly number[]) => hours.reduce((all, n) => all + n, 0)
  expect([asked, sum(byHour), sum(answersByHour)]).toEqual([1, 1, 1])
  expect(sentiment).toMatchObject([{ n: 1 }])
  expect(sentiment[0]?.average).toBeLessThan(0)
})
