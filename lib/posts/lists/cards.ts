import { whyFixed } from '../times/fixed'
import type { CalendarCard, PostCard, PostFilter, PostState, VariantState } from '../schema'
import { endedStates, sumUp } from '../publish/state'

/** The columns of a card, and no others: a calendar of a thousand posts must not carry their texts. */
export const cardColumns = {
  id: true,
  excerpt: true,
  state: true,
  platforms: true,
  projectId: true,
  publishAt: true,
  timeZone: true,
  recurrence: { select: { endedAt: true } },
  revision: true,
  variants: {
    select: { accountId: true, platform: true, state: true, reason: true, publishAt: true },
    orderBy: { id: 'asc' },
  },
  media: { select: { mediaId: true } },
} as const

type Row = {
  id: string
  excerpt: string
  state: string
  platforms: string[]
  projectId: string | null
  publishAt: Date | null
  timeZone: string | null
  recurrence: { endedAt: Date | null } | null
  revision: number
  variants: { accountId: string; platform: string; state: VariantState; reason: unknown; publishAt: Date | null }[]
  media: unknown[]
}

export function toCard({ variants, media, publishAt, recurrence, state, ...row }: Row): PostCard {
  const whyFixed = whyNotMovable(variants)
  // The column is written from PostState and from nothing else.
  const now = state as PostState
  return {
    id: row.id,
    excerpt: row.excerpt,
    state: now,
    platforms: row.platforms,
    accountIds: variants.map(({ accountId }) => accountId),
    projectId: row.projectId,
    publishAt: publishAt?.toISOString() ?? null,
    timeZone: row.timeZone,
    series: recurrence && (isOver(now) ? 'past' : recurrence.endedAt ? 'ended' : 'repeats'),
    mediaCount: media.length,
    revision: row.revision,
    movable: whyFixed === undefined,
    ...(whyFixed === undefined ? {} : { whyFixed }),
  }
}

/** The same as the calendar shows it at one of its times. */
export function cardAt(row: Row, at: Date): CalendarCard {
  const card = toCard(row)
  const shownAt = at.toISOString()
  const isThen = ({ publishAt }: { publishAt: Date | null }) => publishAt?.getTime() === at.getTime()
  if (row.variants.every((variant) => variant.publishAt === null || isThen(variant))) return { ...card, shownAt }
  const then = row.variants.filter(isThen)
  const whyFixed = card.whyFixed ?? whyNotMovable(then)
  return {
    ...card,
    shownAt,
    state: sumUp(then),
    platforms: [...new Set(then.map(({ platform }) => platform))],
    accountIds: then.map(({ accountId }) => accountId),
    movable: whyFixed === undefined,
    ...(whyFixed === undefined ? {} : { whyFixed }),
  }
}

const over: readonly PostState[] = ['published', 'partly_published', 'refused', 'removed', 'cancelled']
const isOver = (state: PostState): boolean => over.includes(state)

/** One held variant holds the post; of those that ended it does not matter, while any is left to move. */
function whyNotMovable(variants: Row['variants']): string | undefined {
  const why = variants.map((variant) => ({ state: variant.state, why: whyFixed(variant, 'move') }))
  const alive = why.filter(({ state }) => !endedStates.includes(state))
  return (alive.length > 0 ? alive : why).find((each) => each.why)?.why
}

/** The variants at whose times the calendar shows the posts that a filter lets through. */
export const shownBy = ({ accountIds, platforms }: PostFilter, within: { readonly gte: Date; readonly lt: Date }) => ({
  publishAt: within,
  ...(accountIds?.length
    ? { accountId: { in: accountIds } }
    : platforms?.length
      ? { platform: { in: platforms } }
      : {}),
})

/** The rows that a filter lets through. `search` looks at the first words, as cards show them. */
export const passing = ({ states, accountIds, platforms, projectId, search }: PostFilter) => ({
  deletedAt: null,
  ...(states?.length ? { state: { in: states } } : {}),
  ...(accountIds?.length ? { variants: { some: { accountId: { in: accountIds } } } } : {}),
  ...(platforms?.length ? { platforms: { hasSome: platforms } } : {}),
  ...(projectId ? { projectId } : {}),
  ...(search ? { excerpt: { contains: search, mode: 'insensitive' as const } } : {}),
})
