import { noteAnswer, type UsableAccount } from '@/lib/accounts'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { log } from '@/lib/core/log'
import type { QuotaLeft } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { postPaceMs } from './pace'

/** How long something posted in the network's own app may stay unknown here. One call each time. */
const everyMs = 10 * minute

type Feed = { readonly id: string; readonly accountId: string; readonly fence: number; readonly listedAt: Date | null }

/**
 * Begins to ask what stands under the account's last posts, whoever published them by whatever way. Does nothing where the
 * network tells of it unasked, while its quota is spent, and more often than every ten minutes. A network that does not list
 * them stops nothing else: they are asked for again.
 */
export async function watchRecentPosts(
  ctx: Ctx,
  feed: Feed,
  account: UsableAccount,
  left: QuotaLeft | undefined,
): Promise<void> {
  const { platform, app, credentials } = account
  const list = platform.inbox?.recentPosts?.bind(platform.inbox)
  const at = now()
  if (!list || left?.calls === 0 || (feed.listedAt && feed.listedAt > inMs(-everyMs, at))) return
  const answer = await list(app, credentials)
  await noteAnswer(ctx, { account, answer })
  if (!answer.ok) log.warn({ feedId: feed.id, code: answer.error.code }, 'recent posts not listed')
  const posts = answer.ok ? answer.value : []
  const watched = posts.filter((one) => postPaceMs(at.getTime() - Date.parse(one.at)) !== undefined)
  await ctx.db.inboxFeed.createMany({
    data: watched.map(({ post, at: publishedAt, cursor }, nth) => ({
      id: newId(),
      workspaceId: ctx.workspaceId,
      accountId: feed.accountId,
      postExternalId: post.externalId,
      post: toJson(post),
      publishedAt: new Date(publishedAt),
      cursor,
      // Not all of them at once.
      nextAt: inMs(nth * second, at),
    })),
    skipDuplicates: true,
  })
  await ctx.db.inboxFeed.updateMany({ where: { id: feed.id, fence: feed.fence }, data: { listedAt: at } })
}
