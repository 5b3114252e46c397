import { ask, makeWorld, must, type UsualKind } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { makeCtx } from '@/lib/workspace/context'
import { storeIncoming } from '@/lib/workspace/incoming'
import { closeAll } from '../desk.test-data'
import { getPost } from '../lists/get'
import { hearReport } from './listen'
import type { PostContent } from '../schema'

/** A connected workspace on a sandbox of its own, and what tests of sending ask of it. */
export async function startSending() {
  process.env.READ_BACK_LAG_MS = '200'
  const world = await makeWorld()
  const owner = world.ctx
  const system = makeCtx({ id: owner.workspaceId, ...owner.workspace }, { kind: 'system', id: 'test' }, 'system')

  /** A post for one account, due now, or as long ago as `dueMs` says. */
  async function due(
    kind: UsualKind,
    content: Partial<PostContent> & { text: string },
    dueMs = 0,
  ): Promise<{ postId: string; variantId: string }> {
    const [postId, variantId] = [newId(), newId()]
    const platform = kind.split(' ')[0] ?? kind
    const publishAt = new Date(Date.now() - dueMs)
    const shared = { workspaceId: owner.workspaceId, publishAt, state: 'scheduled' as const }
    await owner.db.post.create({
      data: { ...shared, id: postId, authorId: owner.actor.id, content, excerpt: content.text, platforms: [platform] },
    })
    await owner.db.variant.create({
      data: { ...shared, id: variantId, postId, accountId: world.accounts[kind], platform },
    })
    return { postId, variantId }
  }

  const variantOf = async (postId: string) => {
    const [variant] = must(await getPost(owner, { postId })).variants
    if (!variant) throw new Error('the post has no variant')
    return variant
  }
  const seen = async (text: string) =>
    (await ask<{ text: string; kind: string; url: string }[]>(world.sandbox, '/effects')).filter((e) =>
      e.text.includes(text),
    )

  /** What X would tell us of a post of the account, heard. */
  async function report(said: { text: string; externalId: string }) {
    const { id: accountId, externalId: accountExternalId } = await owner.db.account.findUniqueOrThrow({
      where: { id: world.accounts.x },
    })
    const published = { ...said, url: 'https://x.com/i/web/status/1', at: new Date().toISOString() }
    const externalId = newId()
    await storeIncoming('x', [{ externalId, type: 'post.create', accountExternalId, raw: {}, published }])
    const { id } = await prisma.incomingEvent.findFirstOrThrow({ where: { externalId } })
    return hearReport(system, { incomingId: id, accountId })
  }

  const close = async () => {
    await world.close()
    await closeAll()
  }
  return { world, owner, system, due, variantOf, seen, report, close }
}

/** Waits for what the product itself waits for: a look may not be taken before its time. */
export async function until(done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (await done()) return
  throw new Error('it did not come about in a minute')
}
