import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, transact, type Work } from '@/lib/workspace'
import { fieldsOf, standingConsent, tagsOf } from './combine'
import { holdPeople, movedMeanwhile } from './hold'
import { noSuchContact } from './notes'
import { AddContactNote, Fields, mostKept, UpdateContact } from './schema'
import { shareFields, shareTags } from './share'

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
      tags: true,
      fields: true,
      parts: { select: { id: true, tags: true, fields: true, consent: true }, orderBy: { mergedAt: 'asc' } },
    },
  })
  if (!row || row.erasedAt !== null) return fail(noSuchContact)
  const isTheirs = id === contactId || row.parts.some((part) => part.id === contactId)
  return areHeld && row.rootId === null && isTheirs ? ok(row) : fail(movedMeanwhile)
}

const isOver = (count: number, before: number): boolean => count > mostKept && count > before
const tooMany = (what: 'tags' | 'fields'): Failure => ({
  code: 'VALIDATION_ERROR',
  message: `A person has at most ${mostKept} ${what}. Take some away first.`,
  fields: { [what]: [`has at most ${mostKept}`] },
})

/**
 * Changes what we keep of a person. What is left out stays; tags and fields are replaced as a whole, or, with what they were
 * `before`, what others changed since stays.
 */
export const updateContact = operation({
  can: 'contact.update',
  input: UpdateContact,
  async run(ctx, { contactId, tags, fields, consent, before, ...plain }): Promise<Result<{ contactId: string }>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const person = await personOf(work, contactId)
      if (!person.ok) return person
      const { id } = person.value
      const all = [person.value, ...person.value.parts]
      const standing = standingConsent(all)
      // Since when they agreed stays, when only how we know is put right.
      const consentAt = standing?.marketing === consent?.marketing ? standing?.at : undefined
      const given = consent && { consent: toJson({ ...consent, at: consentAt ?? now().toISOString() }) }
      const own = {
        ...(plain.name === undefined ? {} : { name: plain.name }),
        ...(plain.leadStage === undefined ? {} : { leadStage: plain.leadStage }),
        ...given,
      }
      // What is taken away here must not come back from one that was merged into it.
      const ofPart = (agreed: boolean) => ({
        ...(plain.leadStage === 'none' ? { leadStage: plain.leadStage } : {}),
        ...(agreed && consent?.marketing === 'refused' ? given : {}),
      })
      const kept = all.map((one) => Fields.parse(one.fields))
      const tagged = tags && shareTags(all, tags, before?.tags)
      const filled = fields && shareFields(kept, fields, before?.fields)
      if (tagged && isOver(new Set(tagged.flat()).size, tagsOf(all).length)) return fail(tooMany('tags'))
      const names = filled && new Set(filled.flatMap((some) => Object.keys(some)))
      if (names && isOver(names.size, Object.keys(fieldsOf(kept)).length)) return fail(tooMany('fields'))
      for (const [n, one] of all.entries())
        await db.contact.update({
          where: { id: one.id },
          data: {
            ...(one.id === id ? own : ofPart(standingConsent([one])?.marketing === 'given')),
            ...(tagged ? { tags: [...(tagged[n] ?? [])] } : {}),
            ...(filled ? { fields: toJson(filled[n] ?? {}) } : {}),
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
