import type { Work } from '@/lib/workspace'
import { standingConsent, tagsOf } from './combine'
import type { LeadStage } from './schema'
import { stageOf } from './stage'

/** The person behind a name at a network, as their card shows them. */
export type Who = {
  readonly contactId: string
  readonly name: string
  /** At that network. */
  readonly handle: string
  readonly tags: readonly string[]
  readonly leadStage: LeadStage
}

/**
 * Who is behind these identities, by their ids; who was erased is absent. In a thread many speak: whatever is about a
 * message asks for its own author here, and not for the contact of the conversation, who only spoke first.
 */
export async function whoIs(
  { db }: { readonly db: Pick<Work['db'], 'contactIdentity'> },
  identityIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, Who>> {
  const ids = [...new Set(identityIds.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  const part = { id: true, tags: true, leadStage: true } as const
  const rows = await db.contactIdentity.findMany({
    where: { id: { in: ids } },
    select: { id: true, handle: true, contact: { select: { ...part, name: true, parts: { select: part } } } },
  })
  return new Map(
    rows.map(({ id, handle, contact: { parts, ...root } }) => {
      const all = [root, ...parts]
      return [id, { contactId: root.id, name: root.name, handle, tags: tagsOf(all), leadStage: stageOf(all) }]
    }),
  )
}

/** Whether somebody behind these identities refused, whoever they were merged into, to hear from us beyond an answer. */
export async function hasRefused(
  { db }: { readonly db: Pick<Work['db'], 'contactIdentity'> },
  identityIds: readonly string[],
): Promise<boolean> {
  if (identityIds.length === 0) return false
  const part = { consent: true } as const
  const rows = await db.contactIdentity.findMany({
    where: { id: { in: [...identityIds] } },
    select: { contact: { select: { ...part, parts: { select: part } } } },
  })
  return rows.some(({ contact }) => standingConsent([contact, ...contact.parts])?.marketing === 'refused')
}
