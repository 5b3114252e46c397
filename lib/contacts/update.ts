import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact, type Work } from '@/lib/workspace'
import { standingConsent } from './combine'
import { holdPeople, movedMeanwhile } from './hold'
import { noSuchContact } from './notes'
import { AddContactNote, Fields, UpdateContact } from './schema'

/** The contact that stands for this one, and those merged into it, all held. Fails when there is none, or no longer. */
async function personOf(work: Work, contactId: string) {
  const { db } = work
  const asked = await db.contact.findUnique({ where: { id: contactId }, select: { rootId: true } })
  if (!asked) return fail(noSuchContact)
  const id = asked.rootId ?? contactId
  const areHeld = await holdPeople(work, [id])
  const row = await db.contact.findUnique({
    where: { id },
    select: {
      id: true,
      rootId: true,
      erasedAt: true,
      consent: true,
      parts: { select: { id: true, tags: true, fields: true, consent: true } },
    },
  })
  if (!row || row.erasedAt !== null) return fail(noSuchContact)
  const isTheirs = id === contactId || row.parts.some((part) => part.id === contactId)
  return areHeld && row.rootId === null && isTheirs ? ok(row) : fail(movedMeanwhile)
}

/** Changes what we keep of a person. What is left out stays; tags and fields are replaced as a whole. */
export const updateContact = operation({
  can: 'contact.update',
  input: UpdateContact,
  async run(ctx, { contactId, tags, fields, consent, ...plain }): Promise<Result<{ contactId: string }>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const person = await personOf(work, contactId)
      if (!person.ok) return person
      const { id, parts } = person.value
      const standing = standingConsent([person.value, ...parts])
      // Since when they agreed stays, when only how we know is put right.
      const consentAt = standing?.marketing === consent?.marketing ? standing?.at : undefined
      await db.contact.update({
        where: { id },
        data: {
          ...(plain.name === undefined ? {} : { name: plain.name }),
          ...(plain.leadStage === undefined ? {} : { leadStage: plain.leadStage }),
          ...(tags ? { tags: [...new Set(tags)] } : {}),
          ...(fields ? { fields: toJson(fields) } : {}),
          ...(consent ? { consent: toJson({ ...consent, at: consentAt ?? now().toISOString() }) } : {}),
        },
        select: { id: true },
      })
      // What is taken away here must not come back from one that was merged into it.
      for (const part of parts)
        await db.contact.update({
          where: { id: part.id },
          data: {
            ...(tags ? { tags: part.tags.filter((tag) => tags.includes(tag)) } : {}),
            ...(fields
              ? {
                  fields: toJson(
                    Object.fromEntries(Object.entries(Fields.parse(part.fields)).filter(([key]) => key in fields)),
                  ),
                }
              : {}),
            ...(plain.leadStage === 'none' ? { leadStage: 'none' } : {}),
          },
          select: { id: true },
        })
      const changed = Object.entries({ tags, fields, consent, ...plain }).flatMap(([name, value]) =>
        value === undefined ? [] : [name],
      )
      record({ type: 'contact.updated', subject: { type: 'contact', id }, particulars: { changed } })
      return ok({ contactId: id })
    })
  },
})

/** Keeps something said about a person among ourselves. It never leaves the workspace. */
export const addContactNote = operation({
  can: 'contact.update',
  input: AddContactNote,
  async run(ctx, { contactId, text }): Promise<Result<{ noteId: string }>> {
    return transact(ctx, async (work) => {
      const person = await personOf(work, contactId)
      if (!person.ok) return person
      const { id } = person.value
      const noteId = newId()
      await work.db.contactNote.create({
        data: { id: noteId, workspaceId: ctx.workspaceId, contactId: id, authorId: ctx.actor.id, text },
        select: { id: true },
      })
      work.record({ type: 'contact.noted', subject: { type: 'contact', id } })
      return ok({ noteId })
    })
  },
})
