import { isStillThere, StateReason, type PostState, type VariantState } from '../schema'

/** From the most pressing to the most settled: the first that any variant is in names the post. */
const pressing: readonly (readonly [PostState, readonly VariantState[]])[] = [
  ['needs_person', ['needs_person']],
  ['unknown', ['unknown', 'reconciling']],
  ['sending', ['claimed', 'sending']],
  ['scheduled', ['scheduled']],
  ['in_review', ['in_review']],
  ['approved', ['approved']],
]

/** What a network kept is published still, and yet a person must see to it. */
const asks = (reason: unknown): boolean => isStillThere(StateReason.safeParse(reason).data)

/** A post's state, summed up from its variants'. */
export function sumUp(variants: readonly { readonly state: VariantState; readonly reason: unknown }[]): PostState {
  const states = variants.map(({ state, reason }) => (asks(reason) ? 'needs_person' : state))
  for (const [state, of] of pressing) if (states.some((s) => of.includes(s))) return state
  const has = (state: VariantState) => states.includes(state)
  if (has('published')) return has('refused') || has('cancelled') || has('draft') ? 'partly_published' : 'published'
  if (has('refused')) return 'refused'
  if (has('removed')) return 'removed'
  if (has('cancelled')) return 'cancelled'
  return 'draft'
}

/** States in which a worker holds the variant, or the network may: nobody may move or edit it. */
export const heldStates: readonly VariantState[] = ['claimed', 'sending', 'unknown', 'reconciling']
/** States in which something of it is at the network, or ended for good. */
export const endedStates: readonly VariantState[] = ['published', 'refused', 'removed', 'cancelled']
/** States in which it waits for its author or its time: it may be edited and moved. */
export const openStates: readonly VariantState[] = ['draft', 'in_review', 'approved', 'scheduled']

/** When a post is due: the earliest of its accounts that have not ended or, when all have, the earliest. */
export function dueAt(
  variants: readonly { readonly state: VariantState; readonly publishAt: Date | null }[],
): Date | undefined {
  const alive = variants.filter(({ state }) => !endedStates.includes(state))
  const earliest = (some: typeof variants) =>
    some.flatMap(({ publishAt }) => publishAt ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0]
  return earliest(alive) ?? earliest(variants)
}
