import { mayStillLand } from '@/lib/sending'
import type { Work } from '@/lib/workspace'
import { heldStates, openStates } from '../publish/state'
import { StateReason, type VariantState } from '../schema'

/** What a person is about to do with a post, as a sentence goes on: “…, so it cannot move.” */
export type Doing = 'move' | 'be changed' | 'be cancelled' | 'be deleted'

type Seen = { readonly state: VariantState; readonly reason: unknown }
type Sent = {
  readonly steps: readonly {
    readonly state: string
    readonly attempts: readonly { readonly outcome: string | null }[]
  }[]
}

/** Reasons for which a person is asked although nothing was sent: the post may simply be changed or moved. */
const harmless: readonly StateReason['kind'][] = [
  'late',
  'reconnect',
  'network_down',
  'cut_off',
  'file_gone',
  'rate_limited',
  'media_processing',
]

/** Why a variant stays as it is, judged by its state alone; undefined when it may be changed. */
export function whyFixed({ state, reason }: Seen, doing: Doing): string | undefined {
  if (openStates.includes(state)) return undefined
  if (state === 'unknown' || state === 'reconciling')
    return `Nobody knows yet whether this post went out, so it cannot ${doing}. We are looking; try again in a moment.`
  if (heldStates.includes(state)) return `This post is being sent right now, so it cannot ${doing}.`
  if (state === 'needs_person') {
    const kind = StateReason.safeParse(reason).data?.kind
    return kind && harmless.includes(kind)
      ? undefined
      : `This post waits for your answer, so it cannot ${doing}. Say first what became of it.`
  }
  if (state === 'published') return `This post is published, so it cannot ${doing}. Duplicate it to post it again.`
  if (state === 'refused') return `This post was refused, so it cannot ${doing}. Duplicate it and try again.`
  return `This post was ${state === 'removed' ? 'removed' : 'given up'}, so it cannot ${doing}. Duplicate it to post it again.`
}

/** True when part of it is at the network already. */
export const isPartlySent = ({ steps }: Sent): boolean => steps.some(({ state }) => state !== 'pending')

/** True when a try of it ended in doubt once: what was sent then may still arrive, so its bytes are fixed for good. */
export const wasInDoubt = ({ steps }: Sent): boolean =>
  steps.some(({ attempts }) =>
    attempts.some(({ outcome }) => outcome === null || outcome === 'unknown' || outcome === 'died'),
  )

/**
 * Whether something of it that waits to be sent again may arrive all the same: where a key of our own keeps it from doubling,
 * it waits after one look, which does not say that it is not there.
 */
export async function mayStillArrive(
  { db }: Pick<Work, 'db'>,
  variant: Sent & { readonly id: string },
): Promise<boolean> {
  if (!wasInDoubt(variant)) return false
  const waiting = await db.step.findMany({
    where: { variantId: variant.id, state: 'pending' },
    select: {
      attempts: { orderBy: [{ fence: 'asc' }, { startedAt: 'asc' }], select: { purpose: true, outcome: true } },
    },
  })
  return waiting.some(({ attempts }) => mayStillLand(attempts))
}

/** True when all of a post waits for its author or its time, and nothing of it was sent or may have been. */
export const isUnsent = ({ variants }: { readonly variants: readonly (Seen & Sent)[] }): boolean =>
  variants.every((one) => openStates.includes(one.state) && !isPartlySent(one) && !wasInDoubt(one))

/** Why a variant stays as it is, knowing also what was sent of it. */
export function whyCannot(variant: Seen & Sent, doing: Doing): string | undefined {
  const why = whyFixed(variant, doing)
  if (why) return why
  if (isPartlySent(variant)) return `Part of this post is at the network already, so it cannot ${doing}.`
  if (doing === 'be changed' && wasInDoubt(variant))
    return 'An earlier try of this post may still arrive at the network, so its text is fixed. Cancel it and duplicate it to write something else.'
  return undefined
}
