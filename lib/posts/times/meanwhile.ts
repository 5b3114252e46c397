import type { Failure } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import type { Ctx } from '@/lib/workspace'
import type { LockedPost } from '../publish/lock'
import { freeVariants } from './place'
import { sayWall } from './wall-time'

/**
 * Why a post that got another time than its editor has seen is left as it is, as SCHEDULE_CONFLICT with the field
 * `knownPublishAt`; undefined when it has that time still, when nothing is known of it, or when something else stops it.
 */
export function timeChanged(ctx: Ctx, post: LockedPost, known: string | null | undefined): Failure | undefined {
  if (known === undefined || (post.publishAt?.getTime() ?? null) === (known && Date.parse(known))) return undefined
  if (!freeVariants(post, 'be changed').ok) return undefined
  return {
    code: 'SCHEDULE_CONFLICT',
    message: `${became(ctx, post, known)} while you were writing. Nothing was changed, and your words are still here: go on with them in the post as it is now, or save them as a copy.`,
    fields: { knownPublishAt: [`is ${post.publishAt?.toISOString() ?? 'none'} now`] },
  }
}

function became(ctx: Ctx, post: LockedPost, known: string | null): string {
  if (!post.publishAt) return 'This post was taken back among the drafts'
  return `This post was ${known === null ? 'scheduled for' : 'moved to'} ${sayTime(ctx, post, post.publishAt)},`
}

/** When a post goes out, on its own wall clock. */
export function sayTime(ctx: Ctx, post: Pick<LockedPost, 'timeZone' | 'wallTime'>, publishAt: Date): string {
  const timeZone = post.timeZone ?? ctx.workspace.timeZone
  return sayWall({ timeZone, wallTime: post.wallTime ?? wallOf(publishAt, timeZone) })
}
