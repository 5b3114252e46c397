import { ok, type Result } from '@/lib/core/result'
import { operation, type Ctx } from '@/lib/workspace'
import type { z } from 'zod'
import { assignConversations } from './assign'
import { allOf } from './each'
import { labelConversations } from './label'
import { runMacro } from './run-macro'
import { BulkChange, type BulkReport } from '../schema'
import { setState } from './set-state'

/** Changes many conversations, and says what became of each: what cannot be for one is no hindrance to others. At most 200 at once. */
export const changeConversations = operation({
  can: 'inbox.triage',
  input: BulkChange,
  async run(ctx, { conversationIds, change }): Promise<Result<BulkReport>> {
    if (change.do === 'macro') return runMacro(ctx, { macroId: change.macroId, conversationIds })
    return ok(await allOf(conversationIds, (ids) => changeAll(ctx, ids, change)))
  },
})

type Change = Exclude<z.output<typeof BulkChange>['change'], { do: 'macro' }>

/** All or none. */
function changeAll(ctx: Ctx, conversationIds: string[], change: Change): Promise<Result<unknown>> {
  switch (change.do) {
    case 'state': {
      const { do: _state, ...to } = change
      return setState(ctx, { conversationIds, ...to })
    }
    case 'done': {
      const { do: state, ...to } = change
      return setState(ctx, { conversationIds, state, ...to })
    }
    case 'snooze': {
      const { do: _snooze, ...to } = change
      return setState(ctx, { conversationIds, state: 'snoozed', ...to })
    }
    case 'assign': {
      const { assigneeId, teamId, note } = change
      return assignConversations(ctx, { conversationIds, assigneeId, teamId, note })
    }
    case 'label':
      return labelConversations(ctx, { conversationIds, add: change.add, remove: change.remove })
  }
}
