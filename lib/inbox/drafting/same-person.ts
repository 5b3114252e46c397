type Author = { readonly identityId: string | null; readonly authorHandle: string }
type Said = Author & { readonly kind: string }

/**
 * What tells, of the messages of one conversation, which are of the same person as this one. A chat is one person's, by
 * however many names it knows them; under a post many speak, and what one of them said or was answered is nothing to the
 * others.
 */
export const ofSamePerson = ({ kind, identityId, authorHandle }: Said): Partial<Author> =>
  kind === 'dm' ? {} : identityId ? { identityId } : { authorHandle }

/** The same, of a message that was read. */
export const isOfSamePerson = (said: Said, other: Author): boolean => {
  const { identityId = other.identityId, authorHandle = other.authorHandle } = ofSamePerson(said)
  return identityId === other.identityId && authorHandle === other.authorHandle
}
