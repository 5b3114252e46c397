import { foldAlike, type ConversationCard, type Fold, type SlaCard } from '@/lib/inbox/schema'

/** A row of a list: a conversation, and those under it that say nearly the same. */
export type ListRow = {
  readonly id: string
  readonly card: ConversationCard
  readonly under: readonly string[]
  /** Of those under it, the ones that are not shown. */
  readonly hidden: readonly string[]
  /** The promise that is due first among the hidden ones, where it is before that of the row; null where none is. */
  readonly sooner: SlaCard | null
  /** Those under it are all shown, because somebody wants to see them. */
  readonly isUnfolded: boolean
  /** It stands under the last row that does not. */
  readonly isUnder: boolean
}

type Shown = {
  readonly unfolded: ReadonlySet<string>
  readonly open: string | null
  readonly selected: ReadonlySet<string>
  readonly drafted: ReadonlySet<string>
}

export type Folds = readonly Fold<ConversationCard>[]

/** A list folded, or every conversation by itself. */
export const foldsOf = (cards: readonly ConversationCard[], isFolding: boolean): Folds =>
  isFolding ? foldAlike(cards) : cards.map((head) => ({ head, under: [] }))

const alone = { under: [], hidden: [], sooner: null, isUnfolded: false, isUnder: true } as const

/** The conversations of a fold. A fold is known by any of them: its head changes with each copy that comes in. */
export const allIn = ({ id, under }: Pick<ListRow, 'id' | 'under'>): readonly string[] => [id, ...under]

/** When something that is owed is due; what is not, rests or was kept is due never. */
const dueAt = ({ sla }: ConversationCard): number =>
  sla?.dueAt && sla.state !== 'met' && sla.state !== 'ended' && sla.state !== 'paused'
    ? new Date(sla.dueAt).getTime()
    : Number.POSITIVE_INFINITY

function soonerThan(head: ConversationCard, hidden: readonly ConversationCard[]): SlaCard | null {
  const [first] = hidden.toSorted((a, b) => dueAt(a) - dueAt(b))
  return first && dueAt(first) < dueAt(head) ? first.sla : null
}

/**
 * The rows to show. What is open, has an unsent draft, or is selected otherwise than its head is never hidden: it stands
 * under its head, folded or not.
 */
export function rowsOf(folds: Folds, { unfolded, open, selected, drafted }: Shown): readonly ListRow[] {
  return folds.flatMap(({ head, under }) => {
    const row = { id: head.id, card: head, under: under.map(({ id }) => id) }
    const isUnfolded = allIn(row).some((id) => unfolded.has(id))
    const isShown = ({ id }: ConversationCard) =>
      isUnfolded || id === open || drafted.has(id) || selected.has(id) !== selected.has(head.id)
    const hidden = under.filter((card) => !isShown(card))
    return [
      {
        ...row,
        hidden: hidden.map(({ id }) => id),
        sooner: soonerThan(head, hidden),
        isUnfolded,
        isUnder: false,
      },
      ...under.filter(isShown).map((card) => ({ ...alone, id: card.id, card })),
    ]
  })
}

/** The head that a row stands under, or the row itself. */
export const headOf = (rows: readonly ListRow[], id: string): ListRow | undefined =>
  rows.slice(0, rows.findIndex((row) => row.id === id) + 1).findLast(({ isUnder }) => !isUnder)
