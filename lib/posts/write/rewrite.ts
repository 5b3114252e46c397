import { newId } from '@/lib/core/ids'
import { now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { jsonNull, refusal, type Ctx, type Work } from '@/lib/workspace'
import { checkReferences } from '../rules/check-references'
import { sumUpPost } from '../publish/sum-up'
import { excerptOf } from './excerpt'
import { whyCannot } from '../times/fixed'
import { mustBeSound } from '../rules/judge'
import type { LockedPost, LockedVariant } from '../publish/lock'
import { placeVariants } from '../times/place'
import { mayNotChangeScheduled, type PostContent, type PostOverride } from '../schema'
import { keepVersion } from './snapshot'

export type Words = {
  readonly content: PostContent
  readonly targets: readonly { readonly accountId: string; readonly override?: PostOverride | undefined }[]
  /** Undefined leaves the project as it is. */
  readonly projectId?: string | null | undefined
  readonly saveId?: string | undefined
}

/**
 * Writes a locked post anew. A scheduled post stays scheduled, so it must stay such that its networks take it; accounts
 * that are added go out with the others. It takes the right to schedule, since all of it goes out. @returns the id of the version that keeps it.
 */
export async function rewrite(
  ctx: Ctx,
  work: Work,
  post: LockedPost,
  words: Words,
  autosave: boolean,
): Promise<Result<{ versionId: string }>> {
  const { db } = work
  for (const variant of post.variants) {
    const why = whyCannot(variant, 'be changed')
    if (why) return fail({ code: 'CONFLICT', message: why })
  }
  const has = new Map(post.variants.map((variant) => [variant.accountId, variant]))
  const found = await checkReferences(db, words, [...has.keys()])
  if (!found.ok) return found
  const { platforms, mediaIds } = found.value
  const added = words.targets.filter(({ accountId }) => !has.has(accountId))
  const isScheduled = post.variants.some(({ state }) => state === 'scheduled')
  if (isScheduled) {
    const mayNot = whyNotScheduled(ctx)
    if (mayNot) return fail(mayNot)
    const targets = words.targets.map(({ accountId, override }) => ({
      accountId,
      platform: platforms.get(accountId) ?? '',
      override: override ?? null,
    }))
    const sound = await mustBeSound(db, words.content, targets)
    if (!sound.ok)
      return fail({
        ...sound.error,
        message: `This post is scheduled, so it must stay sendable. ${sound.error.message}`,
      })
  }

  const forgotten = await forgetPlans(work, post)
  const keep = words.targets.map(({ accountId }) => accountId)
  await db.variant.deleteMany({ where: { postId: post.id, accountId: { notIn: keep } } })
  for (const { accountId, override } of words.targets) {
    const variant = has.get(accountId)
    const data = { override: override ? toJson(override) : jsonNull }
    if (variant) await db.variant.update({ where: { id: variant.id }, data, select: { id: true } })
  }
  const made = added.map(({ accountId, override }) => ({
    id: newId(),
    workspaceId: ctx.workspaceId,
    postId: post.id,
    accountId,
    platform: platforms.get(accountId) ?? '',
    override: override ? toJson(override) : jsonNull,
  }))
  await db.variant.createMany({ data: made })
  await db.post.update({
    where: { id: post.id },
    data: {
      content: toJson(words.content),
      excerpt: excerptOf(words.content),
      platforms: [...new Set(platforms.values())],
      revision: { increment: 1 },
      ...(words.projectId === undefined ? {} : { projectId: words.projectId }),
    },
    select: { id: true },
  })
  await db.postMedia.deleteMany({ where: { postId: post.id, mediaId: { notIn: [...mediaIds] } } })
  await db.postMedia.createMany({
    data: mediaIds.map((mediaId) => ({ workspaceId: ctx.workspaceId, postId: post.id, mediaId })),
    skipDuplicates: true,
  })
  const publishAt = withOthersAt(post)
  if (publishAt)
    await placeVariants(
      work,
      made.map(({ id, accountId }) => ({ id, accountId, waitingFor: null, notBefore: null })),
      { publishAt, byAccount: new Map() },
    )
  await sumUpPost(work, post.id)
  work.record({
    type: 'post.edited',
    subject: { type: 'post', id: post.id },
    particulars: {
      revision: post.revision + 1,
      autosave,
      added: added.map(({ accountId }) => accountId),
      removed: [...has.keys()].filter((accountId) => !keep.includes(accountId)),
      ...(forgotten.length > 0 ? { forgotten } : {}),
    },
  })
  return ok({ versionId: await keepVersion(ctx, work, post.id, autosave, words.saveId) })
}

/** Why somebody may not say what is sent at a time that is set already; undefined when they may. */
export function whyNotScheduled(ctx: Ctx): Failure | undefined {
  const refused = refusal(ctx, 'post.schedule')
  return refused && ctx.actor.kind !== 'api_key' ? { ...refused, message: mayNotChangeScheduled } : refused
}

/**
 * When an account that is added goes out: with the first of those that wait for their time. A network can make them wait
 * past it (a rate limit, a file in the works); then it is due at once. Undefined when none is scheduled.
 */
function withOthersAt({ variants }: LockedPost): Date | undefined {
  const times = variants.flatMap(({ state, publishAt }) => (state === 'scheduled' && publishAt ? [publishAt] : []))
  return times.length > 0 ? new Date(Math.max(Math.min(...times.map(Number)), now().getTime())) : undefined
}

/**
 * What was planned for the old words is not sent any more. Nothing of it was sent, for certain (`whyCannot` saw to it);
 * the tries that were refused at the door go into the event, since their rows go with the plan.
 */
export async function forgetPlans({ db }: Pick<Work, 'db'>, { variants }: { variants: readonly LockedVariant[] }) {
  const planned = variants.filter(({ steps }) => steps.length > 0).map(({ id }) => id)
  if (planned.length === 0) return []
  const tries = await db.attempt.findMany({
    where: { variantId: { in: planned } },
    select: { variantId: true, purpose: true, outcome: true, startedAt: true },
  })
  await db.step.deleteMany({ where: { variantId: { in: planned }, state: 'pending' } })
  return tries
}
