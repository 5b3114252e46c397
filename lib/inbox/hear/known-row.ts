import type { IncomingKind } from '@/lib/platforms'
import type { Known, Told } from './merge-items'
import type { Wording } from './wordings'

type Row = {
  readonly externalId: string
  readonly kind: string
  readonly via: string
  readonly text: string
  readonly authorName: string
  readonly authorHandle: string
  readonly parentExternalId: string | null
  readonly url: string | null
  readonly at: Date
  readonly textAt: Date
  readonly editedAt: Date | null
  readonly deletedAt: Date | null
  readonly source: unknown
  readonly wordings: unknown
}

/** What is kept of a message, as it is merged with what is told of it now. */
export function knownRow(row: Row): Known {
  const { at, textAt, editedAt, deletedAt, source, wordings } = row
  // The columns are written by columnsOf, from what was told, and an answer of ours as nothing until its echo is told.
  const told = source as Partial<Told>
  const words = told.author ? (source as Told) : asWritten(row)
  return { at, textAt, editedAt, deletedAt, words, before: wordings as readonly Wording[] }
}

/** An answer of ours of which its network told nothing yet: like what is imported, it yields to whatever that tells. */
const asWritten = ({ externalId, kind, text, at, authorName, authorHandle, parentExternalId, url }: Row): Told => ({
  externalId,
  // Written from an addressee's, which is one.
  kind: kind as IncomingKind,
  change: 'new',
  text,
  at: at.toISOString(),
  author: { externalId: '', handle: authorHandle, displayName: authorName },
  own: true,
  conversation: parentExternalId ?? externalId,
  ...(parentExternalId === null ? {} : { parent: parentExternalId }),
  ...(url === null ? {} : { url }),
  media: [],
  ref: null,
})

/** What we sent stays ours, also where its network tells of it as if anybody had said it. */
export const asOurs = ({ via }: Row, known: Known): Known =>
  via === 'reply' && !known.words.own ? { ...known, words: { ...known.words, own: true } } : known
