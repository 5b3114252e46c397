import type { z } from 'zod'
import { conversationsWith } from '@/lib/contacts'
import type { Ctx } from '@/lib/workspace'
import { feelings } from '../triage/feelings'
import type { ListConversations } from '../schema'
import { urgentFrom } from './views'

type Filter = Omit<
  z.output<typeof ListConversations>,
  'sort' | 'cursor' | 'before' | 'skip' | 'take' | 'alikeTo' | 'search' | 'words'
>

/** Who is looking, as conversations are assigned to people; API keys are nobody. */
export const me = ({ actor }: Ctx): string => (actor.kind === 'member' ? actor.id : '')

/** The conversations that a filter lets through. */
export async function passing(
  ctx: Ctx,
  {
    view,
    platform,
    ids,
    labelIds,
    sla,
    contactId,
    accountIds,
    projectId,
    feeling,
    priorities,
    disposition,
    ...same
  }: Filter,
) {
  // An account has an index of its conversations; a network is its accounts.
  const within = platform && (await ctx.db.account.findMany({ where: { platform }, select: { id: true } }))
  const exact = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined))
  return {
    AND: [
      { joinedId: null },
      exact,
      inView(ctx, view),
      ids ? { id: { in: ids } } : {},
      within ? { accountId: { in: within.map(({ id }) => id) } } : {},
      contactId ? { id: { in: await conversationsWith(ctx, contactId) } } : {},
      accountIds.length > 0 ? { accountId: { in: accountIds } } : {},
      labelIds.length > 0 ? { labels: { some: { labelId: { in: labelIds } } } } : {},
      sla ? { clocks: { some: { stoppedAt: null, ...owed[sla] } } } : {},
      projectId ? { account: { projectId } } : {},
      feeling ? { sentiment: feelings[feeling] } : {},
      priorities ? { priority: { gte: priorities.from, lt: priorities.below } } : {},
      disposition ? { state: 'done' as const, disposition } : {},
    ],
  }
}

const owed = {
  at_risk: { warnedAt: { not: null }, breachedAt: null },
  breached: { breachedAt: { not: null } },
} as const

function inView(ctx: Ctx, view: Filter['view']) {
  switch (view) {
    case 'all':
      return {}
    case 'mine':
      return { state: 'todo' as const, assigneeId: me(ctx) }
    case 'unassigned':
      return { state: 'todo' as const, assigneeId: null }
    case 'escalated':
      return { state: 'todo' as const, escalatedAt: { not: null } }
    case 'stuck':
      return { stuckAt: { not: null } }
    case 'proposed':
      return { proposedAt: { not: null } }
    case 'urgent':
      return { state: 'todo' as const, priority: { gte: urgentFrom } }
    case 'todo':
    case 'waiting':
    case 'snoozed':
    case 'done':
      return { state: view }
  }
}
