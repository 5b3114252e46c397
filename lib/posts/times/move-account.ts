import { fail, ok, type Result } from '@/lib/core/result'
import { operation } from '@/lib/workspace'
import { lockPost, noSuchPost } from '../publish/lock'
import { dueAt } from '../publish/state'
import { sumUpPost } from '../publish/sum-up'
import { mustBeSound } from '../rules/judge'
import { MoveAccount, PostContent, type MovedPost } from '../schema'
import { change } from '../write/change'
import { saved } from '../write/saved'
import { freeVariants, placeVariants } from './place'
import { asTarget, recordPlaced } from './schedule'
import { takeTime } from './take-time'
import { keptTimes, timesFor } from './times'

/**
 * Gives one account of a post another time than the others, who keep theirs. Refuses what moving the whole post refuses;
 * `before` puts all of it back.
 */
export const moveAccount = operation({
  can: 'post.schedule',
  input: MoveAccount,
  run: (ctx, { postId, accountId, when }): Promise<Result<MovedPost>> =>
    change(ctx, async (work) => {
      const post = await lockPost(work, postId)
      if (!post) return fail(noSuchPost)
      const variant = post.variants.find((one) => one.accountId === accountId)
      if (!variant)
        return fail({
          code: 'NOT_FOUND',
          message: 'This post is not for this account. Reload the page and look again.',
        })
      if (!post.publishAt)
        return fail({
          code: 'CONFLICT',
          message: 'This post has no time yet. Schedule it first, for all its accounts.',
        })
      const free = freeVariants({ variants: [variant] }, 'move')
      if (!free.ok) return free
      if (variant.state !== 'scheduled') {
        const sound = await mustBeSound(work.db, PostContent.parse(post.content), [asTarget(variant)])
        if (!sound.ok) return sound
      }
      const asked = await timesFor(ctx, work, [{ id: accountId, handle: variant.account.handle }], when, postId)
      if (!asked.ok) return asked
      const times = asked.value
      const after = post.variants.map((one) => (one === variant ? { ...one, publishAt: times.publishAt } : one))
      const taken = await takeTime(work, post, dueAt(after) ?? times.publishAt)
      if (!taken.ok) return taken
      await placeVariants(work, free.value, times)
      await sumUpPost(work, postId)
      recordPlaced(work, post, times, 'moved', accountId)
      return ok({ ...(await saved(work.db, postId)), before: keptTimes(ctx, post) })
    }),
})
