import { fail, ok, type Result } from '@/lib/core/result'
import { momentOf, ruledAt, wallOf } from '@/lib/core/wall'
import { operation } from '@/lib/workspace'
import { isTimeZone } from '@/lib/workspace/schema'
import { lockPost, noSuchPost } from '../publish/lock'
import { PutBackPost, type KeptTimes, type SavedPost } from '../schema'
import { change } from '../write/change'
import { freeVariants } from './place'
import { moveLocked } from './reschedule'
import { mustBeAhead, type Times } from './times'

/**
 * Puts a post back where it was before it was moved or cancelled: each account at its own time, on the wall and in the
 * zone that were chosen. Accounts that it got since go out with the first. Refuses the past.
 */
export const putBackPost = operation({
  can: 'post.schedule',
  input: PutBackPost,
  async run(ctx, { postId, times: kept }): Promise<Result<SavedPost>> {
    const times = read(kept)
    if (!times.ok) return times
    return change(ctx, async (work) => {
      const post = await lockPost(work, postId)
      if (!post) return fail(noSuchPost)
      const free = freeVariants(post, 'move')
      if (!free.ok) return free
      const { publishAt, timeZone, byAccount } = times.value
      for (const { accountId } of free.value) {
        const at = byAccount.get(accountId) ?? publishAt
        const ahead = mustBeAhead(at, { timeZone, wallTime: wallOf(at, timeZone) })
        if (!ahead.ok) return ahead
      }
      return moveLocked(work, post, times.value, 'put_back')
    })
  },
})

/** The times as instants. They come from outside, so the wall and the instant may not contradict each other. */
function read({ publishAt, wallTime, timeZone, byAccount }: KeptTimes): Result<Times> {
  const at = new Date(publishAt)
  const moment = isTimeZone(timeZone) ? momentOf(wallTime, timeZone) : undefined
  // A rule's time that clocks skip goes out when they have moved on, and keeps its own time on the wall.
  if (!moment || (wallOf(at, timeZone) !== wallTime && ruledAt(moment).getTime() !== at.getTime()))
    return fail({
      code: 'VALIDATION_ERROR',
      message: 'These times contradict each other, so the post stays where it is. Choose its time anew.',
      fields: { times: ['contradict each other'] },
    })
  const instants = Object.entries(byAccount).map(([accountId, when]) => [accountId, new Date(when)] as const)
  return ok({ publishAt: at, wallTime, timeZone, byAccount: new Map(instants) })
}
