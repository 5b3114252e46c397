import type { OpenedPost } from '@/components/posts/composer/composer'
import { mediaOf, type Draft } from '@/components/posts/composer/draft'
import { planAt } from '@/components/posts/composer/plan'
import { atWall, stepped, todayIn, usualTimeOn } from '@/components/posts/calendar/period'
import { fail, ok, type Result } from '@/lib/core/result'
import { chosenAt, momentOf, wallOf } from '@/lib/core/wall'
import { getMedia } from '@/lib/media'
import type { MediaCard } from '@/lib/media/schema'
import { getPost, whyCannot } from '@/lib/posts'
import { mayNotChangeScheduled, type PostDetail } from '@/lib/posts/schema'
import { may, type Ctx } from '@/lib/workspace'

type Opened = { readonly post: OpenedPost; readonly media: readonly MediaCard[] }
/** `postId` is there when the post is, so that its page can be shown. */
type NotOpened = { readonly message: string; readonly postId?: string }

/** A post to be edited, with its files; or why it cannot be. */
export async function openPost(ctx: Ctx, postId: string): Promise<Result<Opened, NotOpened>> {
  const found = await getPost(ctx, { postId })
  if (!found.ok) return fail({ message: found.error.message })
  const detail = found.value
  for (const variant of detail.variants) {
    const why = whyCannot(variant, 'be changed')
    if (why) return fail({ message: why, postId })
  }
  const isScheduled = detail.variants.some(({ state }) => state === 'scheduled')
  if (isScheduled && !may(ctx.role, 'post.schedule')) return fail({ message: mayNotChangeScheduled, postId })
  const draft: Draft = {
    content: detail.content,
    targets: detail.variants.map(({ accountId, override }) => (override ? { accountId, override } : { accountId })),
    projectId: detail.projectId,
    aside: {},
  }
  const files = await Promise.all(mediaOf(draft).map((mediaId) => getMedia(ctx, { mediaId })))
  return ok({
    post: {
      postId,
      revision: detail.revision,
      publishAt: detail.publishAt,
      draft,
      names: Object.fromEntries(detail.variants.map(({ accountId, handle }) => [accountId, handle])),
      plan: planOf(detail, ctx.workspace.timeZone),
    },
    media: files.flatMap((file) => (file.ok ? [file.value] : [])),
  })
}

/** On the workspace's clock, even when it was chosen on another. */
function planOf({ publishAt }: PostDetail, timeZone: string) {
  if (!publishAt) return undefined
  const wall = wallOf(publishAt, timeZone)
  const isFirst = chosenAt(momentOf(wall, timeZone))?.toISOString() === publishAt
  return planAt(wall, isFirst ? 'earlier' : 'later')
}

/** The time to begin with: the one that was asked for, or a sensible one. */
export function startOf(at: string | string[] | undefined, timeZone: string): string {
  if (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(at)) return at
  const today = todayIn(timeZone)
  const soon = usualTimeOn(today, timeZone)
  // Late in the evening nothing is left of today.
  return atWall(soon, timeZone).getTime() > Date.now() ? soon : usualTimeOn(stepped('day', today, 1), timeZone)
}
