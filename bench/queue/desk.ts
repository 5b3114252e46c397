import { sealCredentials } from '@/lib/accounts/secrets'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { enqueueMany, type Enqueued } from '@/lib/core/queue'
import { publishVariantJob } from '@/lib/posts'
import { makeOwner } from '@/lib/accounts/connected.fixture'

export type Desk = { readonly workspaceId: string; readonly accountId: string; readonly authorId: string }

/** A workspace with one account at X whose token lasts. */
export async function makeDesk(): Promise<Desk> {
  const { workspaceId, actor } = await makeOwner()
  const accountId = newId()
  const credentials = { accessToken: 'bench', scopes: ['tweet.write'], externalId: '1' }
  await prisma.account.create({
    data: {
      id: accountId,
      workspaceId,
      platform: 'x',
      method: 'account',
      kind: 'person',
      externalId: '1',
      handle: '@bench',
      displayName: 'Bench',
      profileUrl: 'https://x.com/bench',
      scopes: credentials.scopes,
      credentialsSealed: sealCredentials(workspaceId, credentials),
      tokenIssuedAt: new Date(),
    },
  })
  return { workspaceId, accountId, authorId: actor.id }
}

/** Posts as scheduling leaves them, one variant each, whose jobs are yet to be queued. @returns the variants' ids. */
export async function writePosts(desk: Desk, dueAt: readonly Date[]): Promise<readonly string[]> {
  const { workspaceId, accountId, authorId } = desk
  const rows = dueAt.map((publishAt) => ({ postId: newId(), variantId: newId(), publishAt }))
  for (let at = 0; at < rows.length; at += 1_000) {
    const some = rows.slice(at, at + 1_000)
    await prisma.post.createMany({
      data: some.map(({ postId, publishAt }, n) => ({
        id: postId,
        workspaceId,
        authorId,
        content: { text: `Post number ${at + n}: the new opening hours are on our page.` },
        excerpt: `Post number ${at + n}`,
        platforms: ['x'],
        state: 'scheduled',
        publishAt,
      })),
    })
    await prisma.variant.createMany({
      data: some.map(({ postId, variantId, publishAt }) => ({
        id: variantId,
        workspaceId,
        postId,
        accountId,
        platform: 'x',
        state: 'scheduled' as const,
        publishAt,
        queuedFor: publishAt,
      })),
    })
  }
  return rows.map(({ variantId }) => variantId)
}

/** Queues one publishing job for each of `ids`, as scheduling does; for the floor the ids are of nothing. */
export async function queueJobs(workspaceId: string, ids: readonly string[], dueAt: readonly Date[]): Promise<void> {
  const at = Date.now()
  const jobs = ids.map((variantId, n): Enqueued => {
    const due = dueAt[n]?.getTime() ?? at
    // A job knows the type of its own payload; a list of them does not.
    return {
      job: publishVariantJob as unknown as Enqueued['job'],
      payload: { variantId },
      key: `${variantId}-${due}`,
      delayMs: due - at,
    }
  })
  for (let from = 0; from < jobs.length; from += 1_000) await enqueueMany(workspaceId, jobs.slice(from, from + 1_000))
}
