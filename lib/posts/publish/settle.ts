import { resolveLink } from '@/lib/accounts'
import { now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Published } from '@/lib/platforms'
import { askedInVain } from '@/lib/sending'
import { jsonNull, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { noWait } from './claim'
import { publishVariantJob } from '../jobs'
import { lockVariants } from './lock'
import { SettleVariant, StateReason } from '../schema'
import { sumUpPost } from './sum-up'

const notWaiting = {
  code: 'CONFLICT',
  message: 'This post is not waiting for an answer any more. Reload to see where it stands.',
} as const
const nothingInDoubt = {
  code: 'CONFLICT',
  message: 'Nothing of this post is in doubt: it was not sent. Send it again, or give it up.',
} as const
const notThere = { code: 'NOT_FOUND', message: 'There is no such post here. It may have been deleted.' } as const

/** A person says what a machine could not: it is there, send it again, or give up. Answers a post that waits for one. */
export const settleVariant = operation({
  can: 'post.publish',
  input: SettleVariant,
  async run(ctx, settle): Promise<Result<{ variantId: string }>> {
    const named = settle.answer === 'there' ? await nameOf(ctx, settle.variantId, settle.url) : ok(undefined)
    if (!named.ok) return named
    return transact(ctx, async (work) => {
      const { variantId } = settle
      const at = now()
      await lockVariants(work, [variantId])
      const variant = await work.db.variant.findFirst({
        where: { id: variantId, post: { deletedAt: null } },
        select: { postId: true, state: true, fence: true, reason: true },
      })
      if (!variant) return fail(notThere)
      if (variant.state !== 'needs_person' && variant.state !== 'refused') return fail(notWaiting)
      const inDoubt = await work.db.step.findFirst({
        where: { variantId, state: 'unknown' },
        orderBy: { position: 'asc' },
        select: { id: true },
      })
      if (settle.answer === 'there' && !inDoubt) return fail(nothingInDoubt)

      const onward = settle.answer !== 'give_up'
      const { count } = await work.db.variant.updateMany({
        where: { id: variantId, fence: variant.fence, state: variant.state },
        data: {
          state: onward ? 'scheduled' : 'cancelled',
          fence: { increment: 1 },
          reason: jsonNull,
          retries: 0,
          deaths: 0,
          absentReads: 0,
          // What a person let go is late only from now on.
          ...(onward ? { notBefore: at, waitingFor: 'person' as const } : noWait),
          // Sent again, it is due now: a late post must not be found late once more.
          ...(settle.answer === 'send_again' && isLate(variant.reason) ? { publishAt: at } : {}),
        },
      })
      if (count !== 1) return fail(notWaiting)
      if (named.value && inDoubt) await markThere(work, inDoubt.id, named.value)
      // "Not there", said by a person, is as good as two full reads.
      if (settle.answer === 'send_again') {
        const absent = await work.db.step.updateManyAndReturn({
          where: { variantId, state: 'unknown' },
          data: { state: 'pending' },
          select: { id: true },
        })
        await work.db.attempt.createMany({
          data: absent.map(({ id: stepId }) => ({
            ...askedInVain(variant.fence + 1),
            workspaceId: ctx.workspaceId,
            variantId,
            stepId,
          })),
        })
        // What was readied for it was refused with it.
        await work.db.step.updateMany({
          where: { variantId, state: 'refused' },
          data: { state: 'pending', uploads: {} },
        })
      }
      await sumUpPost(work, variant.postId)
      work.record({
        type: 'post.settled',
        subject: { type: 'post', id: variant.postId },
        particulars: { variantId, answer: settle.answer, ...(settle.answer === 'there' ? { url: settle.url } : {}) },
      })
      if (onward)
        work.enqueue({ job: publishVariantJob, payload: { variantId }, key: `${variantId}-settled-${variant.fence}` })
      return ok({ variantId })
    })
  },
})

const isLate = (reason: unknown): boolean => StateReason.safeParse(reason).data?.kind === 'late'

const markThere = ({ db }: Work, stepId: string, { externalId, url, ref }: Published) =>
  db.step.update({
    where: { id: stepId },
    data: {
      state: 'done',
      externalId,
      url,
      ref: toJson({ ref }),
      proof: { by: 'person', at: now().toISOString() },
    },
    select: { id: true },
  })

/**
 * What the network calls the post at an address that a person gave. Where the network cannot be asked, a person's word
 * is enough to end a post, but not to go on with its thread: the next part must name the one above exactly.
 */
async function nameOf(ctx: Ctx, variantId: string, url: string): Promise<Result<Published>> {
  const variant = await ctx.db.variant.findUnique({
    where: { id: variantId },
    select: { accountId: true, state: true, steps: { select: { state: true } } },
  })
  if (!variant) return fail(notThere)
  if (variant.state !== 'needs_person' && variant.state !== 'refused') return fail(notWaiting)
  if (!variant.steps.some(({ state }) => state === 'unknown')) return fail(nothingInDoubt)
  const goesOn = variant.steps.some(({ state }) => state === 'pending')
  const found = await resolveLink(ctx, { accountId: variant.accountId, url })
  if (found.ok && found.value) return ok(found.value)
  if (!goesOn && (found.ok || found.error.code !== 'VALIDATION_ERROR'))
    return ok({ externalId: idIn(url), url, ref: null })
  if (!found.ok)
    return found.error.code === 'VALIDATION_ERROR'
      ? found
      : fail({
          ...found.error,
          message: `${found.error.message} The rest of this post goes below it, so its address must be looked up first: try again later, or give the rest up.`,
        })
  return fail({
    code: 'CONFLICT',
    message:
      'This network cannot say which post is at an address, so the rest of this post cannot be put below it. Give the rest up, and post it there yourself.',
  })
}

/** The network's id in a post's address: a URN, the number after "status", or else the last part. */
const idIn = (url: string): string => {
  const path = new URL(url).pathname.replace(/%3A/gi, ':')
  return (
    /urn:li:\w+:\d+/.exec(path)?.[0] ?? /\/status\/(\d+)/.exec(path)?.[1] ?? path.split('/').findLast(Boolean) ?? url
  )
}
