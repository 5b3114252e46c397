import { sha256 } from '@/lib/core/crypto'
import { ordered } from '@/lib/core/json'

/** Everything of an event that a reader of the audit trail relies on. */
export type Chained = {
  readonly id: string
  readonly workspaceId: string
  readonly type: string
  readonly subjectType: string
  readonly subjectId: string
  readonly actorKind: string
  readonly actorId: string
  readonly particulars: unknown
  readonly requestId: string
  readonly at: Date
}

/** The hash before the first event of a workspace, so that chains cannot be exchanged. */
export const root = (workspaceId: string): string => sha256(`posthorn audit ${workspaceId}`)

/** The hash of an event and of all before it. */
export const link = (previousHash: string, seq: number, event: Chained): string => {
  const { id, workspaceId, type, subjectType, subjectId, actorKind, actorId, particulars, requestId, at } = event
  return sha256(
    JSON.stringify([
      previousHash,
      seq,
      id,
      workspaceId,
      type,
      subjectType,
      subjectId,
      actorKind,
      actorId,
      ordered(particulars),
      requestId,
      at.toISOString(),
    ]),
  )
}
