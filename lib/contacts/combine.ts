import { Consent, Fields, type ContactCard, type IdentityCard } from './schema'
import { stageOf } from './stage'

/** What is read of a contact, the root and those merged into it alike. */
export const partColumns = {
  id: true,
  name: true,
  avatarUrl: true,
  leadStage: true,
  tags: true,
  fields: true,
  consent: true,
  lastSeenAt: true,
  identities: {
    select: { id: true, platform: true, handle: true, displayName: true, followers: true, homeId: true },
    orderBy: { id: 'asc' },
  },
} as const

type Identity = IdentityCard & { readonly homeId: string | null }
type Part = {
  readonly id: string
  readonly name: string
  readonly avatarUrl: string | null
  readonly leadStage: string
  readonly tags: readonly string[]
  readonly fields: unknown
  readonly consent: unknown
  readonly lastSeenAt: Date
  readonly identities: readonly Identity[]
}

export const toIdentity = ({ id, platform, handle, displayName, followers }: Identity): IdentityCard => ({
  id,
  platform,
  handle,
  displayName,
  followers,
})

/** All that a person is tagged with, in alphabetical order. */
export const tagsOf = (all: readonly Pick<Part, 'tags'>[]): string[] =>
  [...new Set(all.flatMap(({ tags }) => tags))].sort()

/** What a person's fields say: what the first of them says goes before the rest. */
export const fieldsOf = (all: readonly Fields[]): Fields => Object.assign({}, ...all.toReversed())

/** What the person said last holds, whichever network they said it on. Of two of one moment, the first of `all`. */
export const standingConsent = (all: readonly Pick<Part, 'consent'>[]): Consent | null =>
  all
    .flatMap(({ consent }) => (consent === null ? [] : [Consent.parse(consent)]))
    .toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null

/** One person out of several contacts: what the root says goes before what those merged into it say. */
export function combined(
  root: Part,
  parts: readonly Part[],
): {
  readonly card: Omit<ContactCard, 'conversations' | 'leadScore'>
  readonly fields: Fields
  readonly consent: Consent | null
} {
  const all = [root, ...parts]
  return {
    card: {
      id: root.id,
      name: root.name,
      avatarUrl: all.find(({ avatarUrl }) => avatarUrl)?.avatarUrl ?? null,
      leadStage: stageOf(all),
      tags: tagsOf(all),
      lastSeenAt: new Date(Math.max(...all.map(({ lastSeenAt }) => lastSeenAt.getTime()))).toISOString(),
      identities: root.identities.map(toIdentity),
    },
    fields: fieldsOf(all.map(({ fields }) => Fields.parse(fields))),
    consent: standingConsent(all),
  }
}
