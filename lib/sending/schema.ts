import { z } from 'zod'

/** How we know that something is at the network. */
export const Proof = z.object({
  by: z.enum(['answer', 'own_key', 'read_back', 'webhook', 'person']),
  at: z.string(),
  note: z.string().optional(),
  /** What was to go with it and was refused, a sentence each. */
  notes: z.array(z.string()).optional(),
})
export type Proof = z.infer<typeof Proof>

/** The proof of what a network answered or showed, with what it refused of it. */
export const proofBy = (
  by: Proof['by'],
  at: Date,
  { notes = [] }: { readonly notes?: readonly string[] },
  note?: string,
): Proof => ({
  by,
  at: at.toISOString(),
  ...(note ? { note } : {}),
  ...(notes.length > 0 ? { notes: [...notes] } : {}),
})

/** What became of one try at something, as ledgers keep it; null while nobody knows. */
export type Outcome =
  | 'accepted'
  | 'duplicate'
  | 'refused'
  | 'unknown'
  | 'not_sent'
  | 'parked'
  | 'found'
  | 'absent'
  | 'unreadable'
  | 'died'
