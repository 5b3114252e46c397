import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, makeOwner, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { counted } from '@/lib/core/metrics.fixture'
import { uploadMedia } from '@/lib/media'
import { overAt } from '@/lib/sending'
import { transact } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'
import { deletePost } from '../write/delete'
import { getPost } from '../lists/get'
import { resumeAccount } from './listen'
import { collectMetrics } from './metrics'
import { park } from './park'
import { publishVariant } from './publish'
import { reconcileVariant } from './reconcile'
import { recoverVariant } from './recover'
import { removeVariant } from './remove'
import { startSending, until } from './sending.test-data'
import { settleVariant } from './settle'
import { unmeasuredVariants, unremovedVariants } from './sweeps'

type Sending = Awaited<ReturnType<typeof startSending>>
let world: Sending['world']
let owner: Sending['owner']
let system: Sending['system']
let due: Sending['due']
let variantOf: Sending['variantOf']
let seen: Sending['seen']
let report: Sending['report']
let close: Sending['close']

beforeAll(async () => {
  ;({ world, owner, system, due, variantOf, seen, report, close } = await startSending())
})
afterAll(() => close())

test('a post is published once even when many workers come for it', async () => {
  const { postId, variantId } = await due('x', { text: 'Only one of us wins' })
  const runs = await Promise.all(Array.from({ length: 8 }, () => publishVariant(system, { variantId })))
  expect(runs.map((run) => must(run).did).toSorted()).toEqual([
    'published',
    ...Array.from({ length: 7 }, () => 'skipped'),
  ])
  expect(await seen('Only one of us wins')).toHaveLength(1)
  const variant = await variantOf(postId)
  expect(variant).toMatchObject({
    state: 'published',
    reason: null,
    steps: [{ state: 'done', proof: { by: 'answer' }, attempts: [{ purpose: 'send', outcome: 'accepted' }] }],
  })
  expect(variant.latenessMs).toBeGreaterThanOrEqual(0)
})

test('what becomes of sending is counted by network: posts, and the calls they took', async () => {
  const outcomes = () =>
    Promise.all(
      ['published', 'scheduled', 'refused'].map((outcome) =>
        counted('posthorn_publish_outcomes_total', { network: 'x', outcome }),
      ),
    )
  const calls = (outcome: string) =>
    counted('posthorn_network_calls_total', { network: 'x', lane: 'publishing', outcome })
  const before = await outcomes()
  const [accepted, rejected] = [await calls('accepted'), await calls('rejected')]
  // The limit comes last: until it is over the account is left alone.
  const sent: string[] = []
  for (const text of ['Counted', 'x'.repeat(281), 'Counted later #fault:429_until=1']) {
    const { variantId } = await due('x', { text })
    must(await publishVariant(system, { variantId }))
    sent.push(variantId)
  }
  expect((await outcomes()).map((now, at) => now - (before[at] ?? 0))).toEqual([1, 1, 1])
  expect([(await calls('accepted')) - accepted, (await calls('rejected')) - rejected]).toEqual([1, 1])
  await until(async () => must(await publishVariant(system, { variantId: sent.at(-1) ?? '' })).did === 'published')
})

test('a thread and its first comment appear in order, each once', async () => {
  const { postId, variantId } = await due('bluesky', {
    text: 'Part one',
    thread: [
      { text: 'Part two', mediaIds: [] },
      { text: 'Part three', mediaIds: [] },
    ],
  })
  must(await publishVariant(system, { variantId }))
  expect((await variantOf(postId)).steps.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'post done',
    'reply done',
    'reply done',
  ])
  expect((await seen('Part ')).map(({ text }) => text)).toEqual(['Part one', 'Part two', 'Part three'])
})

test.each(['x', 'linkedin page', 'bluesky'] as const)(
  'on %s an answer that never came is settled by looking, and nothing is sent twice',
  async (kind) => {
    const text = `Did it arrive at ${kind}?`
    const { postId, variantId } = await due(kind, { text: `${text} #fault:timeout_after_accept` })
    process.env.NETWORK_TIMEOUT_MS = '1500'
    must(await publishVariant(system, { variantId }))
    delete process.env.NETWORK_TIMEOUT_MS
    expect((await variantOf(postId)).state).toBe('unknown')
    await until(async () => must(await reconcileVariant(system, { variantId })).did === 'found')
    must(await publishVariant(system, { variantId }))
    const variant = await variantOf(postId)
    expect(variant).toMatchObject({
      state: 'published',
      steps: [{ proof: { by: kind === 'bluesky' ? 'own_key' : 'read_back' } }],
    })
    expect(await seen(text)).toHaveLength(1)
  },
)

test('what was cut off before it was accepted goes out again only after two full looks found nothing', async () => {
  const { postId, variantId } = await due('x', { text: 'Dropped on the way #fault:drop_request' })
  must(await publishVariant(system, { variantId }))
  await until(async () => must(await reconcileVariant(system, { variantId })).did === 'absent')
  must(await publishVariant(system, { variantId }))
  const [step] = (await variantOf(postId)).steps
  expect(step?.attempts.filter((a) => a.purpose === 'look' && a.outcome === 'absent').length).toBeGreaterThanOrEqual(2)
  const hashes = new Set(step?.attempts.filter((a) => a.purpose === 'send').map((a) => a.requestHash))
  expect(hashes.size).toBe(1)
  expect(await seen('Dropped on the way')).toHaveLength(1)
})

test('where nobody can look a person is asked, and each answer is taken at its word', async () => {
  const ended = async (text: string, answer: (variantId: string) => Parameters<typeof settleVariant>[1]) => {
    const { postId, variantId } = await due('linkedin person', { text: `${text} #fault:reset_after_accept` })
    must(await publishVariant(system, { variantId }))
    must(await reconcileVariant(system, { variantId }))
    expect(await variantOf(postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'unknown' } })
    must(await settleVariant(owner, answer(variantId)))
    await publishVariant(system, { variantId })
    return { variant: await variantOf(postId), effects: await seen(text) }
  }
  const there = await ended('It is there', (variantId) => ({
    variantId,
    answer: 'there',
    url: 'https://www.linkedin.com/feed/update/urn:li:share:1',
  }))
  expect(there).toMatchObject({ variant: { state: 'published', steps: [{ proof: { by: 'person' } }] } })
  expect(there.effects).toHaveLength(1)
  const given = await ended('I give up', (variantId) => ({ variantId, answer: 'give_up' }))
  expect(given.variant.state).toBe('cancelled')
  const again = await ended('Send it again', (variantId) => ({ variantId, answer: 'send_again' }))
  expect(again.variant.state).toBe('published')
  expect(again.variant.steps[0]?.attempts.map(({ purpose, outcome }) => `${purpose} ${outcome}`)).toEqual([
    'send unknown',
    'ask absent',
    'send accepted',
  ])
})

test('a rate limit parks a post until the reset and never fails it', async () => {
  const { postId, variantId } = await due('x', { text: 'Slow down #fault:429_until=1' })
  must(await publishVariant(system, { variantId }))
  expect(await variantOf(postId)).toMatchObject({ state: 'scheduled', reason: { kind: 'rate_limited' } })
  expect(must(await publishVariant(system, { variantId })).did).toBe('skipped')
  await until(async () => must(await publishVariant(system, { variantId })).did === 'published')
  expect(await seen('Slow down')).toHaveLength(1)
})

test('a post found too late asks instead of being sent, and goes out when a person says so', async () => {
  const { postId, variantId } = await due('x', { text: 'Yesterday’s news' }, 3 * 3_600_000)
  must(await publishVariant(system, { variantId }))
  expect(await variantOf(postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'late' } })
  expect(await seen('Yesterday’s news')).toHaveLength(0)
  must(await settleVariant(owner, { variantId, answer: 'send_again' }))
  expect(must(await publishVariant(system, { variantId })).did).toBe('published')
})

test('what a network refuses is refused with its reason, and nothing is lost', async () => {
  const { postId, variantId } = await due('x', { text: 'x'.repeat(281) })
  must(await publishVariant(system, { variantId }))
  const variant = await variantOf(postId)
  expect(variant).toMatchObject({
    state: 'refused',
    reason: { kind: 'refused', message: expect.stringMatching(/^X refused this post: .+\.$/) },
  })
  expect(must(await getPost(owner, { postId })).content.text).toHaveLength(281)
})

test('a worker that died before the first byte changes nothing; one that died after it leaves an honest unknown', async () => {
  const before = await due('x', { text: 'Died before' })
  await owner.db.variant.update({
    where: { id: before.variantId },
    data: { state: 'claimed', fence: 1, leaseUntil: new Date(Date.now() - 1) },
  })
  expect(must(await recoverVariant(system, { variantId: before.variantId })).to).toBe('scheduled')
  expect(must(await publishVariant(system, { variantId: before.variantId })).did).toBe('published')

  const after = await due('bluesky', { text: 'Died after' })
  must(await publishVariant(system, { variantId: after.variantId }))
  await owner.db.variant.update({
    where: { id: after.variantId },
    data: { state: 'sending', leaseUntil: new Date(Date.now() - 1) },
  })
  await owner.db.step.updateMany({ where: { variantId: after.variantId }, data: { state: 'sending' } })
  expect(must(await recoverVariant(system, { variantId: after.variantId })).to).toBe('unknown')
  expect(must(await reconcileVariant(system, { variantId: after.variantId })).did).toBe('found')
  must(await publishVariant(system, { variantId: after.variantId }))
  expect(await seen('Died after')).toHaveLength(1)
})

test('a try that was cut off is taken for under way until the end of its worker’s last lease', async () => {
  const { variantId } = await due('bluesky', { text: 'A large film, and a worker that dies at its end' })
  must(await publishVariant(system, { variantId }))
  const [startedAt, leaseUntil] = [new Date(Date.now() - 600_000), new Date(Date.now() - 1)]
  await owner.db.variant.update({ where: { id: variantId }, data: { state: 'sending', leaseUntil } })
  await owner.db.step.updateMany({ where: { variantId }, data: { state: 'sending' } })
  await owner.db.attempt.updateMany({ where: { variantId }, data: { startedAt, outcome: null, durationMs: null } })
  expect(must(await recoverVariant(system, { variantId })).to).toBe('unknown')
  const cut = await owner.db.attempt.findFirstOrThrow({ where: { variantId } })
  expect(cut).toMatchObject({ outcome: 'died', durationMs: leaseUntil.getTime() - startedAt.getTime() })
  expect(overAt(cut)).toEqual(leaseUntil)
})

test('a post whose sending keeps being cut off becomes a person’s', async () => {
  const { postId, variantId } = await due('bluesky', { text: 'Cut off again and again' })
  must(await publishVariant(system, { variantId }))
  const step = await owner.db.step.findFirstOrThrow({ where: { variantId } })
  const shared = { workspaceId: owner.workspaceId, variantId, stepId: step.id, fence: 1, worker: 'gone' }
  const died = { ...shared, purpose: 'send', startedAt: new Date(), outcome: 'died' }
  await owner.db.attempt.createMany({ data: Array.from({ length: 5 }, () => ({ ...died, id: newId() })) })
  await owner.db.variant.update({
    where: { id: variantId },
    data: { state: 'sending', leaseUntil: new Date(Date.now() - 1) },
  })
  expect(must(await recoverVariant(system, { variantId })).to).toBe('needs_person')
  expect(await variantOf(postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'unknown' } })
})

test('a post whose worker dies again and again before the first byte becomes a person’s, of which nothing was sent', async () => {
  const { postId, variantId } = await due('x', { text: 'It kills whoever takes it' })
  const dies = async () => {
    await owner.db.variant.update({
      where: { id: variantId },
      data: { state: 'claimed', fence: { increment: 1 }, leaseUntil: new Date(Date.now() - 1) },
    })
    return must(await recoverVariant(system, { variantId })).to
  }
  const states: string[] = []
  for (let n = 0; n < 5; n++) states.push(await dies())
  expect(states).toEqual([...Array.from({ length: 4 }, () => 'scheduled'), 'needs_person'])
  expect(await variantOf(postId)).toMatchObject({
    state: 'needs_person',
    reason: { kind: 'cut_off', message: expect.stringContaining('before anything went out') },
  })
  expect(must(await publishVariant(system, { variantId })).did).toBe('skipped')
  must(await settleVariant(owner, { variantId, answer: 'send_again' }))
  expect(await dies()).toBe('scheduled')
  expect(must(await publishVariant(system, { variantId })).did).toBe('published')
  expect(await seen('It kills whoever takes it')).toHaveLength(1)
})

test('a published post is taken away at the network, and a second removal is harmless', async () => {
  const { postId, variantId } = await due('bluesky', { text: 'Soon gone' })
  must(await publishVariant(system, { variantId }))
  expect(must(await removeVariant(system, { variantId })).removed).toBe(0)
  must(await deletePost(owner, { postId, alsoAtNetwork: true }))
  expect(must(await removeVariant(system, { variantId })).removed).toBe(1)
  expect(must(await removeVariant(system, { variantId })).removed).toBe(0)
  expect((await owner.db.variant.findUniqueOrThrow({ where: { id: variantId } })).state).toBe('removed')
})

test('a network’s own report proves the one post in doubt that says the same', async () => {
  const { postId, variantId } = await due('x', { text: 'Heard from X #fault:reset_after_accept' })
  must(await publishVariant(system, { variantId }))
  const reported = { text: 'Heard from X #fault:reset_after_accept', externalId: '99' }
  expect(must(await report(reported)).proven).toBe(true)
  must(await publishVariant(system, { variantId }))
  expect(await variantOf(postId)).toMatchObject({ state: 'published', steps: [{ proof: { by: 'webhook' } }] })
})

test('posts that wait for a reconnection go on by themselves', async () => {
  const { postId, variantId } = await due('x', { text: 'Waiting for the key' })
  await owner.db.account.update({ where: { id: world.accounts.x }, data: { state: 'needs_reconnect' } })
  must(await publishVariant(system, { variantId }))
  expect(await variantOf(postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'reconnect' } })
  await owner.db.account.update({ where: { id: world.accounts.x }, data: { state: 'healthy' } })
  expect(must(await resumeAccount(system, { accountId: world.accounts.x })).resumed).toBe(1)
  expect(must(await publishVariant(system, { variantId })).did).toBe('published')
})

test('hundreds of posts that wait for a reconnection go on in parts, and none is left', async () => {
  const { workspaceId, actor } = owner
  const { id: accountId } = await owner.db.account.findUniqueOrThrow({ where: { id: world.accounts['linkedin page'] } })
  const ids = Array.from({ length: 203 }, () => newId())
  const shared = { workspaceId, publishAt: new Date(Date.now() + 3_600_000), state: 'needs_person' as const }
  await owner.db.post.createMany({
    data: ids.map((id) => ({ ...shared, id, authorId: actor.id, content: { text: 'Later' }, excerpt: 'Later' })),
  })
  const reason = { kind: 'reconnect', message: 'Reconnect the account.' }
  await owner.db.variant.createMany({
    data: ids.map((id) => ({ ...shared, id, postId: id, accountId, platform: 'linkedin', reason })),
  })
  expect(must(await resumeAccount(system, { accountId })).resumed).toBe(203)
  expect(await owner.db.variant.count({ where: { id: { in: ids }, state: 'scheduled' } })).toBe(203)
  expect(await owner.db.post.count({ where: { id: { in: ids }, state: 'scheduled' } })).toBe(203)
  // Each transaction that wrote rows left its number in them.
  const [written] = await prisma.$queryRaw<{ parts: number }[]>`
    select count(distinct xmin::text)::int as parts from "Variant" where id = any(${ids})`
  expect(written?.parts).toBe(2)
  await owner.db.variant.updateMany({ where: { id: { in: ids } }, data: { state: 'cancelled' } })
})

test('a post in doubt whose account must be reconnected waits for that, and is looked for at once then', async () => {
  const text = 'In doubt without a key #fault:reset_after_accept'
  const { postId, variantId } = await due('x', { text })
  must(await publishVariant(system, { variantId }))
  const account = { where: { id: world.accounts.x } }
  await owner.db.account.update({ ...account, data: { state: 'needs_reconnect' } })
  await until(async () => must(await reconcileVariant(system, { variantId })).did !== 'skipped')
  expect(await variantOf(postId)).toMatchObject({
    state: 'unknown',
    reason: { message: expect.stringContaining('nobody can tell') },
  })
  expect(must(await reconcileVariant(system, { variantId })).did).toBe('skipped')
  await owner.db.account.update({ ...account, data: { state: 'healthy' } })
  must(await resumeAccount(system, { accountId: world.accounts.x }))
  expect(must(await reconcileVariant(system, { variantId })).did).toBe('found')
  expect(await seen(text)).toHaveLength(1)
})

test('only who may publish may settle, and nobody settles another workspace’s post', async () => {
  const { variantId } = await due('x', { text: 'Not yours' }, 3 * 3_600_000)
  must(await publishVariant(system, { variantId }))
  const editor = makeCtx({ id: owner.workspaceId, ...owner.workspace }, owner.actor, 'editor')
  expect(await settleVariant(editor, { variantId, answer: 'give_up' })).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  })
  expect(await settleVariant(await makeOwner(), { variantId, answer: 'give_up' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  })
})

test('nothing of a deleted post can be sent again', async () => {
  const { postId, variantId } = await due('x', { text: 'y'.repeat(281) })
  must(await publishVariant(system, { variantId }))
  must(await deletePost(owner, { postId }))
  expect(await settleVariant(owner, { variantId, answer: 'send_again' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  })
})

test('what a person gave up stays given up when the network reports a part of it after all', async () => {
  const text = 'Given up #fault:reset_after_accept'
  const { postId, variantId } = await due('x', { text, thread: [{ text: 'The rest of it', mediaIds: [] }] })
  must(await publishVariant(system, { variantId }))
  await owner.db.variant.update({ where: { id: variantId }, data: { state: 'needs_person' } })
  must(await settleVariant(owner, { variantId, answer: 'give_up' }))
  expect(must(await report({ text, externalId: '98' })).proven).toBe(true)
  expect(must(await publishVariant(system, { variantId })).did).toBe('skipped')
  expect(await variantOf(postId)).toMatchObject({
    state: 'cancelled',
    steps: [{ state: 'done' }, { state: 'pending' }],
  })
  expect(await seen('The rest of it')).toHaveLength(0)
})

test('a post in doubt is not taken for another of the same words that is under way', async () => {
  const text = 'Twins #fault:drop_request'
  const lost = await due('x', { text })
  must(await publishVariant(system, { variantId: lost.variantId }))
  const twin = await due('x', { text })
  must(await publishVariant(system, { variantId: twin.variantId }))
  expect(await seen('Twins')).toHaveLength(1)
  // As it was a moment ago: the network has it, and its worker has not written that down yet.
  await owner.db.variant.update({
    where: { id: twin.variantId },
    data: { state: 'sending', leaseUntil: new Date(Date.now() + 60_000) },
  })
  const step = { where: { id: `${twin.variantId}-0` } }
  const { externalId } = await owner.db.step.findUniqueOrThrow(step)
  await owner.db.step.update({ ...step, data: { state: 'sending', externalId: null } })
  expect(must(await report({ text, externalId: externalId ?? '' })).proven).toBe(false)
  let did = 'skipped'
  await until(async () => (did = must(await reconcileVariant(system, { variantId: lost.variantId })).did) !== 'skipped')
  expect(did).toBe('later')
  expect((await variantOf(lost.postId)).state).toBe('unknown')
  await owner.db.step.update({ ...step, data: { state: 'done', externalId } })
  await owner.db.variant.update({ where: { id: twin.variantId }, data: { state: 'published', leaseUntil: null } })
  await until(async () => must(await reconcileVariant(system, { variantId: lost.variantId })).did === 'absent')
})

test('a post that waited for a reconnection past its time asks instead of being sent', async () => {
  const { postId, variantId } = await due('x', { text: 'Last week’s lunch' })
  await owner.db.account.update({ where: { id: world.accounts.x }, data: { state: 'needs_reconnect' } })
  must(await publishVariant(system, { variantId }))
  await owner.db.account.update({ where: { id: world.accounts.x }, data: { state: 'healthy' } })
  await owner.db.variant.update({ where: { id: variantId }, data: { publishAt: new Date(Date.now() - 3 * 3_600_000) } })
  must(await resumeAccount(system, { accountId: world.accounts.x }))
  must(await publishVariant(system, { variantId }))
  expect(await variantOf(postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'late' } })
})

test('waiting has an end for files, and a pause for limits whose reset has passed', async () => {
  const claimed = async (text: string, retries: number) => {
    const { postId, variantId } = await due('x', { text })
    await owner.db.variant.update({ where: { id: variantId }, data: { state: 'claimed', fence: 1, retries } })
    return { variantId, postId, accountId: world.accounts.x, fence: 1 }
  }
  const stuck = await claimed('Processed for ever', 30)
  await transact(system, (work) =>
    park(work, stuck, { kind: 'media_processing', message: 'Still at it.', until: new Date() }),
  )
  expect(await variantOf(stuck.postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'media_processing' } })
  const limited = await claimed('Limited until a minute ago', 0)
  await transact(system, (work) =>
    park(work, limited, { kind: 'rate_limited', message: 'Slow down.', until: new Date(Date.now() - 60_000) }),
  )
  const { notBefore } = await owner.db.variant.findUniqueOrThrow({ where: { id: limited.variantId } })
  expect(notBefore?.getTime()).toBeGreaterThan(Date.now())
})

test('a token that ends while a file is on its way is renewed, and the post goes out', async () => {
  const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c05' } })
    .jpeg()
    .toBuffer()
  const body = new Blob([new Uint8Array(bytes)]).stream()
  const { id } = must(await uploadMedia(owner, { name: 'a.jpg', alt: 'A red field', body }))
  await ask(world.sandbox, '/faults', { network: 'x', operation: 'upload', fault: 'expired_token' })
  const { postId, variantId } = await due('x', { text: 'With a picture', mediaIds: [id] })
  must(await publishVariant(system, { variantId }))
  expect((await variantOf(postId)).state).toBe('scheduled')
  await until(async () => must(await publishVariant(system, { variantId })).did === 'published')
  expect(await seen('With a picture')).toHaveLength(1)
})

test('how a post does is asked again and again, by the sweep alone, whether or not the network can say', async () => {
  const { variantId } = await due('bluesky', { text: 'Ask me later' })
  must(await publishVariant(system, { variantId }))
  const found = async (minutes: number) => {
    const { where } = unmeasuredVariants.find(new Date(Date.now() + minutes * 60_000), 10)
    return owner.db.variant.count({ where: { AND: [where, { id: variantId }] } })
  }
  const makeDue = () => owner.db.variant.update({ where: { id: variantId }, data: { measureAt: new Date() } })
  expect([await found(0), await found(2)]).toEqual([0, 1])
  expect(must(await collectMetrics(system, { variantId })).taken).toBe(0)
  await makeDue()
  await ask(world.sandbox, '/faults', { network: 'bluesky', operation: 'metrics', fault: '500_after_accept' })
  expect((await collectMetrics(system, { variantId })).ok).toBe(false)
  expect([await found(2), await found(11)]).toEqual([0, 1])
  await makeDue()
  expect(must(await collectMetrics(system, { variantId })).taken).toBeGreaterThan(0)
  expect(must(await collectMetrics(system, { variantId })).taken).toBe(0)
  expect([await found(2), await found(11)]).toEqual([0, 1])
})

test('a deletion the network puts off is not forgotten, and half a thread is taken away, too', async () => {
  const thread = [{ text: 'z'.repeat(281), mediaIds: [] }]
  const { postId, variantId } = await due('x', { text: 'Half of it', thread })
  must(await publishVariant(system, { variantId }))
  expect((await variantOf(postId)).state).toBe('needs_person')
  must(await deletePost(owner, { postId, alsoAtNetwork: true }))
  await ask(world.sandbox, '/faults', { network: 'x', operation: 'delete', fault: '429_until', param: 1 })
  expect(must(await removeVariant(system, { variantId })).removed).toBe(0)
  const { where } = unremovedVariants.find(new Date(Date.now() + 60_000), 10)
  expect(await owner.db.variant.findMany({ where, select: { id: true } })).toEqual([{ id: variantId }])
  await until(async () => must(await removeVariant(system, { variantId })).removed === 1)
  expect(await owner.db.variant.count({ where })).toBe(0)
})
