type Kept = {
  readonly id: string
  readonly workspaceId: string
  readonly subjectType: string
  readonly subjectId: string
  readonly actorKind: string
  readonly actorId: string
  readonly particulars: unknown
  readonly at: Date
}

/** What a program is told of an event, as JSON. An event never changes, so each try says the same, byte for byte. */
export const bodyOf = (type: string, event: Kept): string =>
  JSON.stringify({
    id: event.id,
    type,
    occurredAt: event.at.toISOString(),
    workspaceId: event.workspaceId,
    subject: { type: event.subjectType, id: event.subjectId },
    actor: { type: event.actorKind, id: event.actorId },
    particulars: event.particulars,
  })
