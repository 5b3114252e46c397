import { explain, type UsableAccount } from '@/lib/accounts'
import { mediaFiles } from '@/lib/media'
import type { PlatformError } from '@/lib/platforms'
import { isInDoubt } from '@/lib/sending'
import type { Ctx } from '@/lib/workspace'
import { askAPerson } from './ask'
import { writeVariant, type Claim } from './claim'
import { refuseStep, type Advice } from './refuse'

/** Whether all of these files are still there: in the library, and where files are kept. */
export async function areStored(ctx: Ctx, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true
  const files = await mediaFiles(ctx, { ids: [...ids], stored: true })
  return files.ok && files.value.length === ids.length
}

/**
 * Ends a run that has no bytes to bring: refused, or a person's where an earlier try may be at the network.
 * @param refusal what the network said, which may be about something else
 * @returns false
 */
export async function stopForLost(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  stepId: string,
  ids: readonly string[],
  refusal?: PlatformError,
): Promise<false> {
  const known = await mediaFiles(ctx, { ids: [...ids] })
  const { gone, ...advice } = known.ok && known.value.length === ids.length ? lost : deleted
  const why = refusal ? `${gone} ${explain(refusal, account.platform.label).message}` : gone
  const isThereMaybe = await mayBeThere(ctx, account, stepId)
  await writeVariant(ctx, claim, async (work) => {
    if (!isThereMaybe) return refuseStep(work, claim, stepId, why, advice)
    await work.db.step.update({ where: { id: stepId }, data: { state: 'unknown' }, select: { id: true } })
    const message = `${why} ${account.platform.label} may have it from an earlier try: look there first, then say what you found.`
    await askAPerson(work, claim, { kind: 'unknown', message })
  })
  return false
}

// To duplicate it would show once more what is out already.
const lost: Loss = {
  gone: 'A file of this post is gone from where files are kept.',
  whole: 'Have a backup put back and send it again, or duplicate this post with another file.',
  rest: 'Have a backup put back and send the rest again, or leave it so.',
}
const deleted: Loss = {
  gone: 'A file of this post is gone from the library.',
  whole: 'Duplicate this post with another file.',
  rest: 'The rest cannot be sent any more: leave it so.',
}
type Loss = Advice & { readonly gone: string }

/**
 * Whether a step may be at the network. With a key of its own it is sent again because that cannot double, not because it
 * is not there (lib/sending/after-look.ts), unless a person said so; everywhere else it waits to be sent only once that is
 * certain.
 * @param but a try that is left out, because it was refused for certain
 */
export async function mayBeThere(
  { db }: Ctx,
  { platform, credentials }: UsableAccount,
  stepId: string,
  but?: string,
): Promise<boolean> {
  if (platform.settling(credentials).by !== 'own_key') return false
  const tries = await db.attempt.findMany({
    where: { stepId, purpose: { in: ['send', 'ask'] }, ...(but === undefined ? {} : { id: { not: but } }) },
    orderBy: [{ fence: 'desc' }, { startedAt: 'desc' }],
    select: { outcome: true },
  })
  // What was parked, or not sent at all, says nothing of the tries before it.
  const last = tries.find(({ outcome }) => outcome !== 'parked' && outcome !== 'not_sent')
  return last !== undefined && isInDoubt(last)
}
