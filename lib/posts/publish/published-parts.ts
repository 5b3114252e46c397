import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import type { Published } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { publishedOf } from './plan'

export type PublishedParts = {
  readonly accountId: string
  readonly publishedAt: Date
  /** In the order in which they were sent, without our own first comment. */
  readonly parts: readonly Published[]
}

/** What of a variant stands at its network, for those who ask what is said under it; undefined unless it is published. */
export const publishedParts = query({
  can: 'post.read',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<PublishedParts | undefined>> {
    const row = await ctx.db.variant.findFirst({
      where: { id: variantId, state: 'published' },
      select: {
        accountId: true,
        publishedAt: true,
        steps: { where: { state: 'done', kind: { not: 'comment' } }, orderBy: { position: 'asc' } },
      },
    })
    if (!row?.publishedAt) return ok(undefined)
    const { accountId, publishedAt, steps } = row
    return ok({ accountId, publishedAt, parts: steps.flatMap((step) => publishedOf(step) ?? []) })
  },
})

/**
 * What of a variant stood at its network, by the network's own names, until it was taken away there, by us or by a person
 * who says so; undefined unless it was.
 */
export const removedParts = query({
  can: 'post.read',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ accountId: string; posts: readonly string[] } | undefined>> {
    const row = await ctx.db.variant.findFirst({
      where: { id: variantId, state: 'removed' },
      select: {
        accountId: true,
        steps: { where: { state: 'removed', kind: { not: 'comment' } }, orderBy: { position: 'asc' } },
      },
    })
    if (!row) return ok(undefined)
    const { accountId, steps } = row
    return ok({ accountId, posts: steps.flatMap(({ externalId }) => externalId ?? []) })
  },
})
