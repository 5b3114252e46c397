import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asManyAsFit } from '@/lib/core/as-many-as-fit.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { saveLabel, saveRule, saveTeam, stayPresent } from '@/lib/routing'
import { must } from '@/lib/accounts/connected.fixture'
import type { Ctx } from '@/lib/workspace'
import { noticeMessage } from '../drafting/consider'
import { closeDesk, newDesk } from '../desk.fixture'
import { getConversation, listConversations } from '../lists/queries'
import { receive } from '../hear/receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

const item = (externalId: string, more: Partial<Incoming> = {}): Incoming => ({
  externalId,
  kind: 'comment',
  change: 'new',
  text: 'My order is late and broken, this is terrible',
  at: new Date().toISOString(),
  author: { externalId: `u-${externalId}`, handle: '@rosa', displayName: 'Rosa', followers: 1 },
  own: false,
  conversation: externalId,
  media: [],
  ref: { id: externalId },
  ...more,
})
const take = async (accountId: string, items: readonly Incoming[], via: 'webhook' | 'import' = 'webhook') =>
  must(await receive(desk.system, { accountId, items: [...items], via }))
const kept = (accountId: string) =>
  prisma.conversation.findMany({
    where: { accountId },
    orderBy: { externalKey: 'asc' },
    include: { labels: true },
  })

type Given = Parameters<typeof saveRule>[1]
/** A rule for one account alone, so that tests do not hear of each other. */
const makeRule = async (accountId: string, more: Partial<Given>) =>
  must(
    await saveRule(owner, {
      name: newId(),
      moment: 'message',
      actions: [{ do: 'hold_ai' }],
      ...more,
      conditions: { ...more.conditions, accountIds: [accountId] },
    }),
  ).id
const makeTeam = async (people: readonly Ctx[], capacity = 1_000) =>
  must(await saveTeam(owner, { name: newId(), members: people.map(({ actor }) => ({ memberId: actor.id, capacity })) }))
    .id
const makeLabel = async () => must(await saveLabel(owner, { name: newId(), colour: 'amber' })).id

test('a complaint is given to a team’s next, labelled, raised and kept from AI', async () => {
  const accountId = await desk.account()
  const labelId = await makeLabel()
  const teamId = await makeTeam([owner])
  const ruleId = await makeRule(accountId, {
    name: 'Late orders',
    conditions: { words: ['order'] },
    actions: [
      { do: 'assign_team', teamId, by: 'round_robin' },
      { do: 'label', labelIds: [labelId] },
      { do: 'priority', points: 7 },
      { do: 'hold_ai' },
      { do: 'notify', memberIds: [owner.actor.id] },
    ],
  })
  await take(accountId, [item('m1'), item('m2', { text: 'Lovely place' })])
  const [routed, other] = await kept(accountId)
  expect(routed).toMatchObject({ teamId, assigneeId: owner.actor.id, aiHeld: true, labels: [{ labelId }] })
  expect(other).toMatchObject({ teamId: null, assigneeId: null, aiHeld: false, labels: [] })
  const card = must(await getConversation(owner, { conversationId: routed?.id ?? '' }))
  expect(card).toMatchObject({ labels: [{ id: labelId, colour: 'amber' }], team: { id: teamId } })
  expect(card.reasons.priority?.factors.at(-1)).toEqual({
    name: `rule.${ruleId}`,
    label: 'The rule “Late orders”',
    points: 7,
  })
  const events = await prisma.event.findMany({ where: { subjectId: routed?.id ?? '' }, orderBy: { id: 'asc' } })
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'conversation.routed',
      'conversation.assigned',
      'conversation.labelled',
      'conversation.weighed',
      'conversation.called',
    ]),
  )
  const listed = must(await listConversations(owner, { labelIds: [labelId], teamId }))
  expect(listed.items.map(({ id }) => id)).toEqual([routed?.id])
})

test('a message that comes again, is edited, or is brought in from elsewhere fires nothing more', async () => {
  const accountId = await desk.account()
  const ruleId = await makeRule(accountId, {})
  const first = item('m1')
  await take(accountId, [first, first])
  await take(accountId, [first, { ...first, change: 'edited', text: 'Other words', at: new Date().toISOString() }])
  await take(accountId, [item('m2')], 'import')
  await take(accountId, [item('m3', { own: true }), item('m4', { change: 'deleted' })])
  expect(await prisma.ruleFiring.count({ where: { ruleId } })).toBe(1)
})

test('a rule for new conversations is asked once for each', async () => {
  const accountId = await desk.account()
  const ruleId = await makeRule(accountId, { moment: 'conversation' })
  await take(accountId, [item('m1', { conversation: 'c' }), item('m2', { conversation: 'c' })])
  await take(accountId, [item('m3', { conversation: 'c' })])
  expect(await prisma.ruleFiring.count({ where: { ruleId } })).toBe(1)
})

test('a like, or what was said before an account was connected, takes no turn of a rule for new conversations', async () => {
  const accountId = await desk.account()
  const ruleId = await makeRule(accountId, { moment: 'conversation' })
  const like = {
    kind: 'reaction',
    reaction: 'like',
    text: '',
    author: { externalId: 'fan', handle: '', displayName: '' },
  } as const
  await take(accountId, [item('m1', { ...like, conversation: 'post' })])
  await take(accountId, [item('m2', { at: '2020-01-01T00:00:00Z', conversation: 'chat' })])
  await take(accountId, [item('m3', { ...like, conversation: 'both' }), item('m4', { conversation: 'both' })])
  await take(accountId, [item('m5', { conversation: 'post' }), item('m6', { conversation: 'chat' })])
  const firings = await prisma.ruleFiring.findMany({ where: { ruleId } })
  const names = await prisma.message.findMany({ where: { id: { in: firings.map(({ cause }) => cause) } } })
  expect(names.map(({ externalId }) => externalId).toSorted()).toEqual(['m4', 'm5', 'm6'])
})

test('what was said long before the account was connected is history: no rule is asked', async () => {
  const accountId = await desk.account()
  const ruleId = await makeRule(accountId, {})
  await take(accountId, [item('m1', { at: '2020-01-01T00:00:00Z' })])
  expect(await prisma.ruleFiring.count({ where: { ruleId } })).toBe(0)
})

test('who holds a conversation keeps it, whatever a rule for messages says', async () => {
  const accountId = await desk.account()
  await take(accountId, [item('m1', { conversation: 'c' })])
  await prisma.conversation.updateMany({ where: { accountId }, data: { assigneeId: owner.actor.id } })
  await makeRule(accountId, {
    actions: [{ do: 'assign_team', teamId: await makeTeam([await desk.as('editor')]), by: 'load' }],
  })
  await take(accountId, [item('m2', { conversation: 'c' })])
  expect(await kept(accountId)).toMatchObject([{ assigneeId: owner.actor.id, teamId: null }])
})

test('thirty conversations that come at once are shared evenly among three', async () => {
  const accountId = await desk.account()
  const people = await Promise.all([desk.as('editor'), desk.as('editor'), desk.as('editor')])
  const teamId = await makeTeam(people)
  await makeRule(accountId, { moment: 'conversation', actions: [{ do: 'assign_team', teamId, by: 'round_robin' }] })
  await asManyAsFit(Array(30).keys(), (n) => take(accountId, [item(`m${n}`)]))
  const counts = Map.groupBy(await kept(accountId), ({ assigneeId }) => assigneeId)
  expect(people.map(({ actor }) => counts.get(actor.id)?.length)).toEqual([10, 10, 10])
})

test('nobody is given more than they can hold, also by many at once; the rest waits with the team', async () => {
  const accountId = await desk.account()
  const people = [await desk.as('editor'), await desk.as('editor')]
  const teamId = await makeTeam(people, 2)
  await makeRule(accountId, { moment: 'conversation', actions: [{ do: 'assign_team', teamId, by: 'load' }] })
  await Promise.all(Array.from({ length: 8 }, (_, n) => take(accountId, [item(`m${n}`)])))
  const rows = await kept(accountId)
  expect(rows.every((row) => row.teamId === teamId)).toBe(true)
  const held = (id: string | null) => rows.filter(({ assigneeId }) => assigneeId === id).length
  expect([...people.map(({ actor }) => held(actor.id)), held(null)]).toEqual([2, 2, 4])
})

test('only who is there is given what is for those who are there', async () => {
  const accountId = await desk.account()
  const [absent, there] = [await desk.as('editor'), await desk.as('editor')]
  await stayPresent(there, {})
  const teamId = await makeTeam([absent, there])
  await makeRule(accountId, { actions: [{ do: 'assign_team', teamId, by: 'round_robin', onlineOnly: true }] })
  await take(accountId, [item('m1'), item('m2')])
  expect((await kept(accountId)).map(({ assigneeId }) => assigneeId)).toEqual([there.actor.id, there.actor.id])
})

test('two teams that rules name in other orders never wait for each other', async () => {
  const accounts = [await desk.account(), await desk.account()]
  const teams = [await makeTeam([owner]), await makeTeam([owner])]
  for (const [n, accountId] of accounts.entries())
    for (const [word, team] of [
      ['first', teams[n]],
      ['second', teams[1 - n]],
    ] as const)
      await makeRule(accountId, {
        conditions: { words: [word] },
        actions: [{ do: 'assign_team', teamId: team ?? '', by: 'round_robin' }],
      })
  const pair = (n: number) => [item(`a${n}`, { text: 'first' }), item(`b${n}`, { text: 'second' })]
  const both = Array.from({ length: 10 }, (_, n) => accounts.map((accountId) => ({ accountId, items: pair(n) })))
  await asManyAsFit(both.flat(), ({ accountId, items }) => take(accountId, items))
  expect(await prisma.conversation.count({ where: { accountId: { in: accounts }, assigneeId: null } })).toBe(0)
})

test('which rules fire for what, the labels and the priority are the same in whatever order things come, and however often', async () => {
  const labels = [await makeLabel(), await makeLabel()]
  const setUp = async () => {
    const accountId = await desk.account()
    await makeRule(accountId, {
      name: `late ${accountId}`,
      conditions: { words: ['late'] },
      actions: [
        { do: 'label', labelIds: [labels[0] ?? ''] },
        { do: 'priority', points: 5 },
      ],
    })
    await makeRule(accountId, {
      name: `love ${accountId}`,
      conditions: { words: ['love'] },
      actions: [{ do: 'label', labelIds: [labels[1] ?? ''] }],
      stops: true,
    })
    await makeRule(accountId, { name: `rest ${accountId}`, actions: [{ do: 'priority', points: -3 }] })
    return accountId
  }
  const outcome = async (accountId: string) => {
    const rows = await kept(accountId)
    const firings = await prisma.ruleFiring.findMany({
      where: { conversationId: { in: rows.map(({ id }) => id) } },
      include: { rule: { select: { name: true } } },
    })
    const messages = new Map(
      (await prisma.message.findMany({ where: { accountId } })).map(({ id, externalId }) => [id, externalId]),
    )
    return {
      rows: rows.map(({ externalKey, priority, labels: on }) => ({
        externalKey,
        priority,
        labels: on.map(({ labelId }) => labelId).sort(),
      })),
      firings: firings.map(({ rule, cause }) => `${rule.name.split(' ')[0]} ${messages.get(cause)}`).sort(),
    }
  }
  const began = Date.now()
  const flood = fc.uniqueArray(
    fc.record({ n: fc.nat(7), words: fc.constantFrom('It is late', 'I love it', 'late but I love it', 'ok') }),
    { selector: ({ n }) => n, minLength: 1 },
  )
  await fc.assert(
    fc.asyncProperty(flood, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (said, chance) => {
      const items = said.map(({ n, words }) =>
        item(`m${n}`, { conversation: `c${n % 2}`, text: words, at: new Date(began + n * 1_000).toISOString() }),
      )
      const [ordered, shuffled] = [await setUp(), await setUp()]
      await take(
        ordered,
        items.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
      )
      const mixed = [...items, ...items].map((each) => ({ each, key: Number(chance.next().value) }))
      for (const { each } of mixed.toSorted((a, b) => a.key - b.key)) await take(shuffled, [each])
      expect(await outcome(shuffled)).toEqual(await outcome(ordered))
    }),
    { numRuns: 6 },
  )
})

test('a conversation that a rule keeps from AI is not considered, whatever the policy says', async () => {
  const [held, free] = [await desk.account(), await desk.account()]
  await makeRule(held, { actions: [{ do: 'hold_ai' }] })
  for (const accountId of [held, free]) {
    await prisma.aiPolicy.create({
      data: {
        id: newId(),
        workspaceId: desk.workspace.id,
        accountId,
        mode: 'draft',
        threshold: 0.9,
        delayMinutes: 0,
        hourlyCap: 10,
      },
    })
    await take(accountId, [item('m1')])
  }
  const notice = async (accountId: string) => {
    const { id, kind } = await prisma.message.findFirstOrThrow({ where: { accountId } })
    return must(await noticeMessage(desk.system, { messageId: id, kind, via: 'webhook' })).noticed
  }
  expect([await notice(held), await notice(free)]).toEqual([false, true])
})

test('a rule that names somebody who may not answer gives it to nobody, and its run says so', async () => {
  const accountId = await desk.account()
  const [viewer, editor] = [await desk.as('viewer'), await desk.as('editor')]
  const gives = (memberId: string) => makeRule(accountId, { actions: [{ do: 'assign_person', memberId }] })
  const [vain, good] = [await gives(viewer.actor.id), await gives(editor.actor.id)]
  await take(accountId, [item(newId())])
  const [conversation] = await kept(accountId)
  expect(conversation?.assigneeId).toBe(editor.actor.id)
  const runs = await prisma.event.findMany({
    where: { type: 'conversation.routed', subjectId: conversation?.id ?? '' },
    orderBy: { id: 'asc' },
  })
  const told = new Map(runs.map(({ particulars }) => [Object(particulars).ruleId, Object(particulars).unable]))
  expect([told.get(vain), told.get(good)]).toEqual([[viewer.actor.id], undefined])
})
