import { z } from 'zod'
import { conversationStates } from '../lists/views'

const id = z.string().min(1).max(64)
export const labelIds = z.array(id).max(50).default([])
const conversationIds = z.array(id).min(1).max(200)

/** Takes back an end: what AI had left to a person before it is left to one again. */
const leftAgain = z.literal(true).optional()
/** Takes back that they were given this state. What stands otherwise by now, or where something came since, is left as it is. */
const undoes = z.enum(conversationStates).optional()
/** Leaves as it is where something came in after this moment, by the clock of the server: nobody has seen that yet. */
const asOf = z.coerce.date().optional()
export const SetState = z.discriminatedUnion('state', [
  z.object({
    conversationIds,
    state: z.enum(['todo', 'waiting']),
    leftAgain,
    undoes,
    asOf,
  }),
  z.object({
    conversationIds,
    state: z.literal('done'),
    disposition: z.string().trim().max(80).optional(),
    undoes,
    asOf,
  }),
  z.object({
    conversationIds,
    state: z.literal('snoozed'),
    until: z.coerce.date(),
    leftAgain,
    undoes,
    asOf,
  }),
])
const note = z.string().trim().min(1, 'is empty').max(10_000)
/**
 * To a person, or to nobody (null); to a team, or to none. A team alone takes it from who holds it. `note` is kept with
 * each of them, for whoever gets it.
 */
export const Assign = z
  .object({
    conversationIds,
    assigneeId: id.nullable().optional(),
    teamId: id.nullable().optional(),
    note: note.optional(),
  })
  .refine(({ assigneeId, teamId }) => assigneeId !== undefined || teamId !== undefined, 'Choose a person or a team')
export const LabelConversations = z.object({
  conversationIds,
  add: labelIds,
  remove: labelIds,
})
export const RunMacro = z.object({
  macroId: id,
  conversationIds,
  /**
   * What its answer goes to in the conversation where that stands, and whether its author alone reads it. Elsewhere, where
   * nobody looks first, it goes to the last that wants one, for all to read, unless that has one or one is on its way.
   */
  answering: z
    .object({
      messageId: id,
      privately: z.boolean(),
      /** As in WriteReply: of the conversation as it is shown. */
      fence: z.number().int().nonnegative(),
      evenSo: z.boolean().default(false),
    })
    .optional(),
})
/** One change to many conversations, each for itself. */
export const BulkChange = z.object({
  conversationIds,
  change: z.discriminatedUnion('do', [
    z.object({ do: z.literal('state'), state: z.enum(['todo', 'waiting']), leftAgain, undoes, asOf }),
    z.object({ do: z.literal('done'), disposition: z.string().trim().max(80).optional(), undoes, asOf }),
    z.object({ do: z.literal('snooze'), until: z.coerce.date(), leftAgain, undoes, asOf }),
    z.object({
      do: z.literal('assign'),
      assigneeId: id.nullable().optional(),
      teamId: id.nullable().optional(),
      note: note.optional(),
    }),
    z.object({ do: z.literal('label'), add: labelIds, remove: labelIds }),
    z.object({ do: z.literal('macro'), macroId: id }),
  ]),
})
export type ConversationChange = z.input<typeof BulkChange>['change']
/** What became of each conversation, in the order they were named. `at`: when that began, by the clock of the server. */
export type BulkReport = {
  readonly at: string
  readonly done: number
  readonly items: readonly (
    | { readonly conversationId: string; readonly ok: true }
    | { readonly conversationId: string; readonly ok: false; readonly message: string }
  )[]
}

export const AddNote = z.object({ conversationId: id, text: note })
export type NoteCard = {
  readonly id: string
  readonly authorId: string
  readonly text: string
  readonly createdAt: string
}
