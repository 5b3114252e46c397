import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, type Work } from '@/lib/workspace'
import { change } from './change'
import { closeWhenEmpty } from '../times/close-series'
import { mayStillArrive, whyFixed } from '../times/fixed'
import { removeVariantJob } from '../jobs'
import { lockPost, lockSeries, noSuchPost, type LockedPost } from '../publish/lock'
import { DeletePost, type VariantState } from '../schema'
import { heldStates, openStates } from '../publish/state'

/**
 * Deletes a post here: what was not sent never will be. `alsoAtNetwork` asks the networks to take away what they have;
 * without it, that stays there.
 * A post of which a network keeps something all the same comes back, to be deleted again or confirmed.
 * A series ends with its last post.
 */
export const deletePost = operation({
  can: 'post.delete',
  input: DeletePost,
  async run(ctx, { postId, alsoAtNetwork }): Promise<Result<{ postId: string }>> {
    return change(ctx, async (work) => {
      const seen = await work.db.post.findUnique({
        where: { id: postId, deletedAt: null },
        select: { recurrenceId: true },
      })
      if (seen?.recurrenceId) await lockSeries(work, seen.recurrenceId)
      const post = await lockPost(work, postId)
      if (!post) return fail(noSuchPost)
      const discarded = await discard(work, post, alsoAtNetwork)
      // One that went into another series since it was seen is the first of that, and others follow.
      if (discarded.ok && seen?.recurrenceId) await closeWhenEmpty(work, postId, seen.recurrenceId)
      return discarded
    })
  },
})

/** To be sent, or for a person who says whether it shall be. */
const waits = (state: VariantState): boolean => openStates.includes(state) || state === 'needs_person'

/** The same for a post that is locked already. */
export async function discard(
  work: Work,
  post: LockedPost,
  alsoAtNetwork: boolean,
): Promise<Result<{ postId: string }>> {
  const held = post.variants.find(({ state }) => heldStates.includes(state))
  if (held)
    return fail({ code: 'CONFLICT', message: whyFixed(held, 'be deleted') ?? 'This post is being sent right now.' })
  for (const variant of post.variants)
    if (waits(variant.state) && (await mayStillArrive(work, variant)))
      return fail({
        code: 'CONFLICT',
        message:
          'An earlier try of this post may still arrive at the network, so it cannot be deleted yet. Cancel it, look there in a few minutes, and delete it then.',
      })
  const at = now()
  // Half a thread is at the network, too.
  const published = post.variants.filter(
    ({ state, steps }) => state === 'published' || steps.some((step) => step.state === 'done'),
  )
  await work.db.variant.updateMany({
    where: { postId: post.id, state: { in: ['draft', 'in_review', 'approved', 'scheduled', 'needs_person'] } },
    data: { state: 'cancelled', fence: { increment: 1 }, queuedFor: null },
  })
  await work.db.post.update({ where: { id: post.id }, data: { deletedAt: at }, select: { id: true } })
  // Its files are free at once, or as soon as nothing of it may come back (lib/media/card.ts).
  if (published.length === 0) await work.db.postMedia.deleteMany({ where: { postId: post.id } })
  await work.db.variant.updateMany({
    where: { id: { in: published.map(({ id }) => id) } },
    // The mark by which the sweep finds what is still to be taken away.
    data: { leaseUntil: alsoAtNetwork ? at : null, retries: 0, reason: jsonNull },
  })
  if (alsoAtNetwork)
    for (const { id } of published)
      work.enqueue({ job: removeVariantJob, payload: { variantId: id }, key: `${id}-deleted-${at.getTime()}` })
  work.record({
    type: 'post.deleted',
    subject: { type: 'post', id: post.id },
    particulars: { alsoAtNetwork, atNetwork: published.map(({ id }) => id) },
  })
  return ok({ postId: post.id })
}
