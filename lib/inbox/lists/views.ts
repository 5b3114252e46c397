export const conversationStates = ['todo', 'waiting', 'snoozed', 'done'] as const
export type ConversationState = (typeof conversationStates)[number]

/** Ready-made lists. `mine`: assigned to who asks; `urgent`: open work of priority 80 and more; `escalated`: AI left it to a person; `stuck`: an answer needs one; `proposed`: an answer waits for approval. */
export const views = [
  'todo',
  'mine',
  'unassigned',
  'urgent',
  'escalated',
  'stuck',
  'proposed',
  'waiting',
  'snoozed',
  'done',
  'all',
] as const
export type View = (typeof views)[number]

/** From what priority work is urgent. */
export const urgentFrom = 80

type Standing = {
  readonly state: ConversationState
  readonly assigneeId: string | null
  readonly priority: number
  readonly escalatedAt: string | null
  readonly stuckAt: string | null
  readonly proposedAt: string | null
}

/** Whether a conversation stands in a view of this member: what the list of that view says, asked of one card. */
export function isInView(
  view: View,
  { state, assigneeId, priority, escalatedAt, stuckAt, proposedAt }: Standing,
  memberId: string,
): boolean {
  switch (view) {
    case 'all':
      return true
    case 'mine':
      return state === 'todo' && assigneeId === memberId
    case 'unassigned':
      return state === 'todo' && assigneeId === null
    case 'escalated':
      return state === 'todo' && escalatedAt !== null
    case 'stuck':
      return stuckAt !== null
    case 'proposed':
      return proposedAt !== null
    case 'urgent':
      return state === 'todo' && priority >= urgentFrom
    case 'todo':
    case 'waiting':
    case 'snoozed':
    case 'done':
      return state === view
  }
}
