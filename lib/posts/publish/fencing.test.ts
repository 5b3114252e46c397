import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { useAccount } from '@/lib/accounts'
import { prisma } from '@/lib/core/db'
import { uploadMedia as addToLibrary } from '@/lib/media'
import { LostClaim } from '@/lib/sending'
import { transact } from '@/lib/workspace'
import { accept } from './accept'
import { begin } from './begin'
import { hold, stepsOf } from './claim'
import { claimDue } from './due'
import { lockPosts } from './lock'
import { planSteps, requestFor, toSendable } from './plan'
import { publishVariant } from './publish'
import { recoverVariant } from './recover'
import { PostContent } from '../schema'
import { startSending, until } from './sending.test-data'
import { settleVariant } from './settle'
import { uploadMedia } from './upload'

let desk: Awaited<ReturnType<typeof startSending>>
beforeAll(async () => {
  desk = await startSending()
})
afterAll(() => desk.close())

/** A post for X of which a worker wrote down that it sends it, and then fell silent. */
async function silentSending(text: string) {
  const { owner, system, due } = desk
  const { postId, variantId } = await due('x', { text })
  const mine = await claimDue(system, variantId)
  if (!mine) throw new Error('it is due')
  const { platform } = must(await useAccount(system, { accountId: mine.claim.accountId }))
  const planned = planSteps(PostContent.parse(mine.content), undefined, new Map(), platform, new Date()).map(
    (intent, position) => ({ id: `${variantId}-${position}`, variantId, position, kind: intent.kind, intent }),
  )
  const [step] = planned.map(toSendable)
  if (!step) throw new Error('a post has a step')
  const sending = await begin(system, mine.claim, step, requestFor([step], step), planned)
  await owner.db.variant.update({ where: { id: variantId }, data: { leaseUntil: new Date(Date.now() - 1) } })
  expect(must(await recoverVariant(system, { variantId })).to).toBe('unknown')
  // As two full looks that found nothing leave it.
  await owner.db.step.update({ where: { id: step.id }, data: { state: 'pending' } })
  await owner.db.variant.update({ where: { id: variantId }, data: { state: 'scheduled', notBefore: null } })
  const answer = (externalId: string) =>
    accept(
      system,
      mine.claim,
      sending,
      { externalId, url: `https://x.com/i/web/status/${externalId}`, ref: externalId },
      { publishAt: mine.publishAt },
    )
  return { postId, variantId, answer }
}

test('an answer that comes when its post waits to be sent again is proof, and nothing is sent twice', async () => {
  const { system, variantOf, seen } = desk
  const { postId, variantId, answer } = await silentSending('The late answer')
  await expect(answer('4711')).rejects.toThrow(LostClaim)
  expect(must(await publishVariant(system, { variantId })).did).toBe('published')
  expect(await variantOf(postId)).toMatchObject({
    state: 'published',
    url: 'https://x.com/i/web/status/4711',
    steps: [{ state: 'done', externalId: '4711', attempts: [{ outcome: 'accepted' }] }],
  })
  // It was never sent from here: the network has what it says, and nothing more.
  expect(await seen('The late answer')).toHaveLength(0)
})

test('an answer that comes when its post was sent again is shown as a second one, and said', async () => {
  const { system, variantOf, seen } = desk
  const { postId, variantId, answer } = await silentSending('One too many')
  expect(must(await publishVariant(system, { variantId })).did).toBe('published')
  await expect(answer('4712')).rejects.toThrow(LostClaim)
  const variant = await variantOf(postId)
  expect(variant).toMatchObject({ state: 'published', reason: { kind: 'duplicate' } })
  expect(variant.reason?.message).toContain('https://x.com/i/web/status/4712')
  expect(variant.steps[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['duplicate', 'accepted'])
  expect(variant.steps[0]?.externalId).not.toBe('4712')
  expect(await prisma.event.count({ where: { type: 'post.foundTwice', subjectId: postId } })).toBe(1)
  expect(await seen('One too many')).toHaveLength(1)
})

test('the same answer twice is no second post', async () => {
  const { system, variantOf } = desk
  const { postId, variantId, answer } = await silentSending('Said twice')
  await expect(answer('4713')).rejects.toThrow(LostClaim)
  await expect(answer('4713')).rejects.toThrow(LostClaim)
  expect(must(await publishVariant(system, { variantId })).did).toBe('published')
  expect(await variantOf(postId)).toMatchObject({ reason: null, steps: [{ attempts: [{ outcome: 'accepted' }] }] })
})

test('a person’s link to a part on Bluesky is looked up, so that the rest of the thread goes below it', async () => {
  const { owner, system, due, variantOf, seen } = desk
  const thread = [{ text: 'and the second part', mediaIds: [] }]
  const { postId, variantId } = await due('bluesky', { text: 'First part #fault:reset_after_accept', thread })
  must(await publishVariant(system, { variantId }))
  await owner.db.variant.update({ where: { id: variantId }, data: { state: 'needs_person' } })
  const [effect] = await seen('First part')
  const url = effect?.url ?? ''
  for (const wrong of ['https://bsky.app/profile/somebody.else/post/3kabc', 'https://bsky.app/about', `${url}x`])
    expect(await settleVariant(owner, { variantId, answer: 'there', url: wrong })).toMatchObject({
      error: { code: 'VALIDATION_ERROR' },
    })
  expect((await variantOf(postId)).state).toBe('needs_person')
  must(await settleVariant(owner, { variantId, answer: 'there', url }))
  expect(must(await publishVariant(system, { variantId })).did).toBe('published')
  const { steps } = await variantOf(postId)
  expect(steps).toMatchObject([
    { state: 'done', proof: { by: 'person' } },
    { state: 'done', proof: { by: 'answer' } },
  ])
  const [root, reply] = await owner.db.step.findMany({ where: { variantId }, orderBy: { position: 'asc' } })
  expect(root?.ref).toMatchObject({ ref: { uri: root?.externalId, cid: expect.stringMatching(/^baf/) } })
  expect(reply?.externalId).not.toBe(root?.externalId)
  expect(await seen('the second part')).toHaveLength(1)
})

test('what a person finds there after a month is published, as late as it is', async () => {
  const { owner, system, due, variantOf, seen } = desk
  const { postId, variantId } = await due('bluesky', { text: 'A month in doubt #fault:reset_after_accept' })
  must(await publishVariant(system, { variantId }))
  const monthMs = 31 * 24 * 3_600_000
  const { publishAt } = await owner.db.variant.findUniqueOrThrow({ where: { id: variantId } })
  await owner.db.variant.update({
    where: { id: variantId },
    data: { state: 'needs_person', publishAt: new Date((publishAt?.getTime() ?? 0) - monthMs) },
  })
  const [effect] = await seen('A month in doubt')
  must(await settleVariant(owner, { variantId, answer: 'there', url: effect?.url ?? '' }))
  must(await publishVariant(system, { variantId }))
  const variant = await variantOf(postId)
  expect(variant.state).toBe('published')
  expect(variant.latenessMs).toBeGreaterThan(monthMs)
})

test('without the network nobody goes on below a link, and the post keeps waiting', async () => {
  const { owner, system, due, variantOf } = desk
  const thread = [{ text: 'never sent', mediaIds: [] }]
  const { postId, variantId } = await due('bluesky', { text: 'Alone #fault:reset_after_accept', thread })
  must(await publishVariant(system, { variantId }))
  await owner.db.variant.update({ where: { id: variantId }, data: { state: 'needs_person' } })
  await owner.db.account.update({ where: { id: desk.world.accounts.bluesky }, data: { state: 'needs_reconnect' } })
  const url = 'https://bsky.app/profile/did:plc:x/post/3kabc'
  const answer = await settleVariant(owner, { variantId, answer: 'there', url })
  await owner.db.account.update({ where: { id: desk.world.accounts.bluesky }, data: { state: 'healthy' } })
  expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining('try again later') } })
  expect((await variantOf(postId)).state).toBe('needs_person')
})

test('what a network made wait is late from the end of that wait; what it did not answer, from its own time', async () => {
  const { owner, system, due, variantOf } = desk
  const [hour, at] = [3_600_000, Date.now()]
  const run = async (waitingFor: 'rate_limit' | 'network' | 'person', waitedUntil: number) => {
    const { postId, variantId } = await due('x', { text: `Waited for ${waitingFor} until ${waitedUntil}` }, 3 * hour)
    await owner.db.variant.update({ where: { id: variantId }, data: { waitingFor, notBefore: new Date(waitedUntil) } })
    must(await publishVariant(system, { variantId }))
    const { state, reason } = await variantOf(postId)
    return reason?.kind ?? state
  }
  expect(await run('rate_limit', at - 60_000)).toBe('published')
  expect(await run('rate_limit', at - 2 * hour)).toBe('late')
  expect(await run('network', at - 60_000)).toBe('late')
  expect(await run('person', at - 60_000)).toBe('published')
})

test('a worker that lost its claim writes nothing of the file it brought', async () => {
  const { owner, system, due } = desk
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#07c' } })
    .jpeg()
    .toBuffer()
  const body = new Blob([new Uint8Array(bytes)]).stream()
  const { id } = must(await addToLibrary(owner, { name: 'b.jpg', alt: 'A blue field', body }))
  const { variantId } = await due('x', { text: 'Mine no more', mediaIds: [id] })
  await owner.db.account.update({ where: { id: desk.world.accounts.x }, data: { state: 'needs_reconnect' } })
  const claimed = await claimDue(system, variantId)
  await owner.db.account.update({ where: { id: desk.world.accounts.x }, data: { state: 'healthy' } })
  if (!claimed) throw new Error('it is due')
  const account = must(await useAccount(system, { accountId: claimed.claim.accountId }))
  const intent = {
    kind: 'post' as const,
    text: 'Mine no more',
    media: [{ mediaId: id, kind: 'image' as const, alt: '' }],
    key: { createdAt: new Date().toISOString() },
  }
  const row = { id: `${variantId}-0`, variantId, position: 0, kind: 'post', intent, uploads: {} }
  await owner.db.step.create({ data: { ...row, workspaceId: owner.workspaceId } })
  await owner.db.variant.update({ where: { id: variantId }, data: { fence: { increment: 1 } } })
  const [step] = await stepsOf(system, variantId)
  if (!step) throw new Error('it was just written')
  await expect(uploadMedia(system, claimed.claim, account, step)).rejects.toThrow(LostClaim)
  expect(await stepsOf(system, variantId)).toMatchObject([{ uploads: {} }])
  expect(await owner.db.attempt.count({ where: { variantId } })).toBe(0)
})

test('a worker that is taken for dead while it writes is waited for, and waits for nobody', async () => {
  const { owner, system, due } = desk
  const { variantId } = await due('x', { text: 'Alive after all' })
  const mine = await claimDue(system, variantId)
  if (!mine) throw new Error('it is due')
  await owner.db.variant.update({ where: { id: variantId }, data: { leaseUntil: new Date(Date.now() - 1) } })
  let recovering: ReturnType<typeof recoverVariant> | undefined
  await transact(system, async (work) => {
    await hold(work, mine.claim)
    recovering = recoverVariant(system, { variantId })
    // It is waiting for this row now: what is written after that would have been the deadlock.
    await until(async () => {
      const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%"Variant"%'`
      return (row?.waiting ?? 0) > 0
    })
    await work.db.step.updateMany({ where: { variantId }, data: { state: 'pending' } })
    await work.db.attempt.updateMany({ where: { variantId }, data: { durationMs: 1 } })
    await work.db.post.update({ where: { id: mine.claim.postId }, data: { excerpt: 'Alive' }, select: { id: true } })
  })
  expect(must((await recovering) ?? { ok: false, error: { code: 'INTERNAL_ERROR', message: 'none' } }).to).toBe(
    'scheduled',
  )
})

test('posts that are locked together, in whatever order they are named, never wait for each other', async () => {
  const { owner, due } = desk
  const posts = await Promise.all(Array.from({ length: 6 }, (_, n) => due('x', { text: `Together ${n}` }, -3_600_000)))
  const ids = posts.map(({ postId }) => postId)
  const lock = (some: readonly string[]) =>
    transact(owner, async (work) => (await lockPosts(work, some)).map(({ id }) => id))
  const orders = Array.from({ length: 20 }, (_, n) => (n % 2 ? ids : ids.toReversed()))
  expect(await Promise.all(orders.map(lock))).toEqual(orders)
})
