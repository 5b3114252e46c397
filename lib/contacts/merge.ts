import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact, type Work } from '@/lib/workspace'
import { holdContacts, movedMeanwhile } from './hold'
import { noSuchContact } from './notes'
import { MergeContacts, OneContact } from './schema'

const standing = { id: true, rootId: true, erasedAt: true } as const

/** Moves what belongs to these contacts under another, with the conversations that are with them. */
async function moveUnder({ db }: Work, homeIds: readonly string[], contactId: string): Promise<void> {
  const where = { homeId: { in: [...homeIds] } }
  await db.contactIdentity.updateMany({ where, data: { contactId } })
  const identities = await db.contactIdentity.findMany({ where, select: { id: true } })
  await db.conversation.updateMany({
    where: { identityId: { in: identities.map(({ id }) => id) } },
    data: { contactId },
  })
}

/** Says that two contacts are one person. Nothing of either is lost, and `unmergeContact` separates them exactly. */
export const mergeContacts = operation({
  can: 'contact.update',
  input: MergeContacts,
  async run(ctx, { contactId, otherId }): Promise<Result<{ contactId: string }>> {
    if (contactId === otherId)
      return fail({ code: 'VALIDATION_ERROR', message: 'These are the same person already. Choose another.' })
    return transact(ctx, async (work) => {
      const { db, record } = work
      const areHeld = await holdContacts(work, [contactId, otherId])
      const both = await db.contact.findMany({ where: { id: { in: [contactId, otherId] } }, select: standing })
      if (both.length < 2) return fail(noSuchContact)
      if (!areHeld || both.some(({ rootId, erasedAt }) => rootId !== null || erasedAt !== null))
        return fail(movedMeanwhile)
      const parts = await db.contact.findMany({ where: { rootId: otherId }, select: { id: true } })
      // From here on each identity says where it belongs.
      await db.contactIdentity.updateMany({ where: { contactId: otherId, homeId: null }, data: { homeId: otherId } })
      await db.contact.update({
        where: { id: otherId },
        data: { mergedIntoId: contactId, rootId: contactId, mergedAt: now(), mergedById: ctx.actor.id },
        select: { id: true },
      })
      await db.contact.updateMany({ where: { rootId: otherId }, data: { rootId: contactId } })
      await moveUnder(work, [otherId, ...parts.map(({ id }) => id)], contactId)
      record({ type: 'contact.merged', subject: { type: 'contact', id: contactId }, particulars: { otherId } })
      return ok({ contactId })
    })
  },
})

/** Those merged into a contact, directly or through others. */
async function branchOf({ db }: Work, contactId: string): Promise<readonly string[]> {
  const found = [contactId]
  for (let level = [contactId]; level.length > 0; found.push(...level)) {
    const rows = await db.contact.findMany({ where: { mergedIntoId: { in: level } }, select: { id: true } })
    level = rows.map(({ id }) => id)
  }
  return found
}

/** Separates a contact from the one it was merged into, with everything that is its own, as if it had never been. */
export const unmergeContact = operation({
  can: 'contact.update',
  input: OneContact,
  async run(ctx, { contactId }): Promise<Result<{ contactId: string }>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const seen = await db.contact.findUnique({ where: { id: contactId }, select: standing })
      if (!seen) return fail(noSuchContact)
      const areHeld = await holdContacts(work, [contactId, seen.rootId ?? contactId])
      const row = await db.contact.findUnique({ where: { id: contactId }, select: standing })
      if (!areHeld || !row?.rootId || row.rootId !== seen.rootId) return fail(movedMeanwhile)
      const branch = await branchOf(work, contactId)
      await db.contact.update({
        where: { id: contactId },
        data: { mergedIntoId: null, rootId: null, mergedAt: null, mergedById: null },
        select: { id: true },
      })
      await db.contact.updateMany({
        where: { id: { in: branch.filter((id) => id !== contactId) } },
        data: { rootId: contactId },
      })
      await moveUnder(work, branch, contactId)
      await db.contactIdentity.updateMany({ where: { homeId: contactId }, data: { homeId: null } })
      record({
        type: 'contact.unmerged',
        subject: { type: 'contact', id: contactId },
        particulars: { from: row.rootId },
      })
      return ok({ contactId })
    })
  },
})
