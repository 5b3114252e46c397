import { inMs, minute } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { nextOf } from '@/lib/routing'
import type { MacroStep, RuleAction } from '@/lib/routing/schema'
import { type Ctx, type Work } from '@/lib/workspace'
import { keepAiOut } from '../drafting/keep-ai-out'
import { proposeUnended } from '../drafting/overtaken-drafts'
import { Shifts } from '../schema'
import { settle } from './settle'
import { mayHold } from './role-here'

/** `takesOver`: also from who holds it now. `rule`: the rule that says so, when it is one. */
type How = { readonly takesOver: boolean; readonly rule?: { readonly id: string; readonly name: string } }
/** What can be done within one transaction; an answer takes a road of its own. */
export type Act = Exclude<RuleAction | MacroStep, { do: 'reply' }>

/**
 * Does one thing to a conversation, for a rule or a macro. The conversation is locked, and so are the teams it may be
 * given to. What names something that is gone, or somebody who is gone or may not answer, does nothing.
 */
export async function act(ctx: Ctx, work: Work, conversationId: string, what: Act, how: How): Promise<void> {
  const { db, record } = work
  const subject = { type: 'conversation', id: conversationId }
  const by = how.rule ? { ruleId: how.rule.id } : {}
  const change = (data: object) => db.conversation.updateMany({ where: { id: conversationId }, data })
  switch (what.do) {
    case 'assign_person':
    case 'assign_me': {
      const assigneeId = what.do === 'assign_me' ? ctx.actor.id : what.memberId
      if (!(await mayHold(work, assigneeId))) return
      const { count } = await db.conversation.updateMany({
        where: { id: conversationId, ...(how.takesOver ? {} : { assigneeId: null }) },
        data: { assigneeId },
      })
      if (count > 0) record({ type: 'conversation.assigned', subject, particulars: { assigneeId, ...by } })
      return
    }
    case 'assign_team': {
      const free = await db.conversation.count({
        where: { id: conversationId, ...(how.takesOver ? {} : { assigneeId: null, teamId: null }) },
      })
      if (free === 0 || (await db.team.count({ where: { id: what.teamId } })) === 0) return
      const next = what.by && (await nextOf(work, what.teamId, { ...what, by: what.by }))
      const to = { teamId: what.teamId, assigneeId: next ?? null }
      await change(to)
      record({ type: 'conversation.assigned', subject, particulars: { ...to, ...by } })
      return
    }
    case 'label': {
      const labels = await db.label.findMany({ where: { id: { in: what.labelIds } }, select: { id: true } })
      const { count } = await db.conversationLabel.createMany({
        data: labels.map(({ id }) => ({ workspaceId: ctx.workspaceId, conversationId, labelId: id })),
        skipDuplicates: true,
      })
      if (count > 0)
        record({ type: 'conversation.labelled', subject, particulars: { labelIds: labels.map(({ id }) => id), ...by } })
      return
    }
    case 'unlabel': {
      const { count } = await db.conversationLabel.deleteMany({
        where: { conversationId, labelId: { in: what.labelIds } },
      })
      if (count > 0)
        record({ type: 'conversation.unlabelled', subject, particulars: { labelIds: what.labelIds, ...by } })
      return
    }
    case 'state':
      if (what.state !== 'done') await proposeUnended(work, [conversationId])
      await change({
        state: what.state,
        snoozedUntil: null,
        ...(what.state === 'done' ? { escalatedAt: null } : {}),
        disposition: (what.state === 'done' && what.disposition) || null,
      })
      await settle(work, [conversationId])
      record({
        type: `conversation.${what.state === 'todo' ? 'reopened' : what.state}`,
        subject,
        particulars: {
          ...(what.state === 'done' && what.disposition ? { disposition: what.disposition } : {}),
          ...by,
        },
      })
      return
    case 'snooze': {
      const until = inMs(what.minutes * minute)
      await proposeUnended(work, [conversationId])
      await change({ state: 'snoozed', snoozedUntil: until })
      await settle(work, [conversationId])
      record({ type: 'conversation.snoozed', subject, particulars: { until, ...by } })
      return
    }
    case 'note':
      await db.conversationNote.create({
        data: { id: newId(), workspaceId: ctx.workspaceId, conversationId, authorId: ctx.actor.id, text: what.text },
        select: { id: true },
      })
      record({ type: 'conversation.noted', subject })
      return
    case 'priority': {
      const row = await db.conversation.findUniqueOrThrow({ where: { id: conversationId }, select: { shifts: true } })
      const shifts = Shifts.parse(row.shifts)
      const { id: ruleId, name } = how.rule ?? { id: 'macro', name: 'Macro' }
      // A rule weighs once, however many messages it fires for.
      if (shifts.some((shift) => shift.ruleId === ruleId)) return
      await change({ shifts: toJson({ shifts: [...shifts, { ruleId, name, points: what.points }] }).shifts })
      record({ type: 'conversation.weighed', subject, particulars: { points: what.points, ...by } })
      return
    }
    case 'hold_ai':
      await keepAiOut(work, conversationId, true)
      return
    case 'notify':
      record({ type: 'conversation.called', subject, particulars: { memberIds: what.memberIds, ...by } })
      return
  }
}
