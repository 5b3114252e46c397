import type { Failure } from '@/lib/core/result'
import type { ScopedTx } from '@/lib/workspace'
import { MacroStep, RuleAction, RuleConditions, type PolicyConditions } from './schema'
import { z } from 'zod'

type Named = {
  readonly accountIds?: readonly string[]
  readonly labelIds?: readonly string[]
  readonly memberIds?: readonly string[]
  readonly teamIds?: readonly string[]
  readonly calendarIds?: readonly string[]
  readonly savedReplyIds?: readonly string[]
}
/** What a step names besides, by its word. */
type InSteps = Named & { readonly reasons: readonly string[] }

const words: Record<keyof Named, string> = {
  accountIds: 'account',
  labelIds: 'label',
  memberIds: 'person',
  teamIds: 'team',
  calendarIds: 'calendar',
  savedReplyIds: 'saved reply',
}

/** What is named and is not in this workspace, as a failure; undefined when all of it is. */
export async function strangers(db: ScopedTx, named: Named): Promise<Failure | undefined> {
  const count: Record<keyof Named, (ids: string[]) => Promise<number>> = {
    accountIds: (ids) => db.account.count({ where: { id: { in: ids } } }),
    labelIds: (ids) => db.label.count({ where: { id: { in: ids } } }),
    memberIds: (ids) => db.member.count({ where: { id: { in: ids } } }),
    teamIds: (ids) => db.team.count({ where: { id: { in: ids } } }),
    calendarIds: (ids) => db.businessCalendar.count({ where: { id: { in: ids } } }),
    savedReplyIds: (ids) => db.savedReply.count({ where: { id: { in: ids } } }),
  }
  // Object.keys forgets the keys' type.
  for (const key of Object.keys(words) as (keyof Named)[]) {
    const ids = [...new Set(named[key])]
    if (ids.length > 0 && (await count[key](ids)) < ids.length)
      return {
        code: 'NOT_FOUND',
        message: `There is no such ${words[key]} in this workspace. Choose another.`,
        fields: { [key]: ['is not in this workspace'] },
      }
  }
  return undefined
}

export const namedInConditions = (conditions: PolicyConditions & { hours?: RuleConditions['hours'] }): Named => ({
  accountIds: conditions.accountIds,
  calendarIds: conditions.hours ? [conditions.hours.calendarId] : [],
})

export const namedInSteps = (steps: readonly (RuleAction | MacroStep)[]): InSteps => ({
  labelIds: steps.flatMap((step) => (step.do === 'label' || step.do === 'unlabel' ? step.labelIds : [])),
  memberIds: steps.flatMap((step) =>
    step.do === 'assign_person' ? [step.memberId] : step.do === 'notify' ? step.memberIds : [],
  ),
  teamIds: steps.flatMap((step) => (step.do === 'assign_team' ? [step.teamId] : [])),
  savedReplyIds: steps.flatMap((step) => (step.do === 'reply' ? [step.savedReplyId] : [])),
  reasons: steps.flatMap((step) => (step.do === 'state' && step.disposition !== undefined ? [step.disposition] : [])),
})

type Used = {
  readonly labelId?: string
  readonly teamId?: string
  readonly calendarId?: string
  readonly savedReplyId?: string
  /** Why conversations end, in whatever case. */
  readonly reason?: string
}

/** Why something cannot go: a rule or macro names it. */
export async function whoUses(
  db: ScopedTx,
  thing: string,
  { labelId, teamId, calendarId, savedReplyId, reason }: Used,
): Promise<Failure | undefined> {
  const [rules, macros] = [
    await db.routingRule.findMany({ select: { name: true, conditions: true, actions: true } }),
    await db.macro.findMany({ select: { name: true, steps: true } }),
  ]
  const uses = (named: Partial<InSteps>): boolean =>
    Boolean(
      (labelId && named.labelIds?.includes(labelId)) ||
      (teamId && named.teamIds?.includes(teamId)) ||
      (calendarId && named.calendarIds?.includes(calendarId)) ||
      (savedReplyId && named.savedReplyIds?.includes(savedReplyId)) ||
      (reason && named.reasons?.some((name) => name.toLowerCase() === reason.toLowerCase())),
    )
  const rule = rules.find(
    ({ conditions, actions }) =>
      uses(namedInConditions(RuleConditions.parse(conditions))) ||
      uses(namedInSteps(z.array(RuleAction).parse(actions))),
  )
  const macro = macros.find(({ steps }) => uses(namedInSteps(z.array(MacroStep).parse(steps))))
  const user = rule ? `the rule “${rule.name}”` : macro ? `the macro “${macro.name}”` : undefined
  return user === undefined
    ? undefined
    : { code: 'CONFLICT', message: `${thing} is used by ${user}. Change that first.` }
}
