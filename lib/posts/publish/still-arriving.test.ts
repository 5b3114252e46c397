import { afterAll, beforeAll, expect, test } from 'vitest'
import { must, type UsualKind } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { cancelPost } from '../times/cancel'
import { deletePost } from '../write/delete'
import { publishVariant } from './publish'
import { reconcileVariant } from './reconcile'
import { startSending } from './sending.test-data'

let desk: Awaited<ReturnType<typeof startSending>>
beforeAll(async () => {
  desk = await startSending()
})
afterAll(() => desk.close())

/** A post whose first try fell silent, was looked for in vain as often as it takes, and waits to be sent again. */
async function silentOnce(kind: UsualKind) {
  const { postId, variantId } = await desk.due(kind, { text: `Silent on ${kind} #fault:drop_request` })
  must(await publishVariant(desk.system, { variantId }))
  for (let looks = 0; looks < 5 && (await variant(variantId)).state !== 'scheduled'; looks += 1) {
    expect((await variant(variantId)).state).toBe('unknown')
    await prisma.variant.update({ where: { id: variantId }, data: { notBefore: null } })
    const startedAt = new Date(Date.now() - 600_000)
    await prisma.attempt.updateMany({ where: { variantId, purpose: 'send' }, data: { startedAt, durationMs: 1 } })
    must(await reconcileVariant(desk.system, { variantId }))
  }
  expect((await variant(variantId)).state).toBe('scheduled')
  return { postId, variantId }
}
const variant = (id: string) => prisma.variant.findUniqueOrThrow({ where: { id } })

test('a post of which a try may still arrive is not deleted as if it were nowhere, and who cancels it is told to look', async () => {
  const { postId, variantId } = await silentOnce('bluesky')
  expect(await deletePost(desk.owner, { postId, alsoAtNetwork: false })).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', message: expect.stringMatching(/may still arrive.*Cancel it/) },
  })
  expect((await variant(variantId)).state).toBe('scheduled')
  must(await cancelPost(desk.owner, { postId }))
  expect((await variant(variantId)).reason).toMatchObject({ message: expect.stringContaining('may still arrive') })
  must(await deletePost(desk.owner, { postId, alsoAtNetwork: false }))
})

test('a post that is not there for certain is deleted at once', async () => {
  const { postId } = await silentOnce('x')
  expect(must(await deletePost(desk.owner, { postId, alsoAtNetwork: false }))).toEqual({ postId })
})
