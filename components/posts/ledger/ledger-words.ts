import type { Tone } from '@/components/ui/badge'
import type { StatusLooks } from '@/components/ui/status-badge'
import type { LedgerAttempt, LedgerStep, Proof } from '@/lib/posts/schema'
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Clock3,
  LoaderCircle,
  Search,
  SearchX,
  Skull,
  Trash2,
  type LucideIcon,
} from 'lucide-react'

/** What was tried, as the beginning of a line of the ledger. */
export const purposes: Readonly<Record<LedgerAttempt['purpose'], string>> = {
  send: 'Sent',
  look: 'Looked for it',
  ask: 'Asked a person',
  upload: 'Uploaded a file',
  card: 'Made the card of its link',
  remove: 'Asked to delete it',
}

type Ending = { readonly words: string; readonly icon: LucideIcon; readonly tone: Tone }

/** How it ended, as the end of the line. */
export const endings: Readonly<Record<NonNullable<LedgerAttempt['outcome']>, Ending>> = {
  accepted: { words: 'accepted', icon: CircleCheck, tone: 'published' },
  duplicate: { words: 'accepted, too late: a second one', icon: CircleX, tone: 'failed' },
  refused: { words: 'refused', icon: CircleX, tone: 'failed' },
  unknown: { words: 'no certain answer', icon: CircleHelp, tone: 'review' },
  not_sent: { words: 'nothing reached the network', icon: Ban, tone: 'draft' },
  parked: { words: 'told to wait', icon: Clock3, tone: 'review' },
  found: { words: 'it is there', icon: Search, tone: 'published' },
  absent: { words: 'it is not there', icon: SearchX, tone: 'draft' },
  unreadable: { words: 'could not be read', icon: CircleHelp, tone: 'review' },
  died: { words: 'the worker ended in the middle', icon: Skull, tone: 'failed' },
}

export const underWay: Ending = { words: 'under way…', icon: CircleDashed, tone: 'scheduled' }

export const stepLooks: StatusLooks<LedgerStep['state']> = {
  pending: { label: 'Not sent yet', icon: Clock3, tone: 'draft' },
  sending: { label: 'Sending…', icon: LoaderCircle, tone: 'scheduled', moving: true },
  unknown: { label: 'Outcome unknown', icon: CircleHelp, tone: 'review' },
  done: { label: 'At the network', icon: CircleCheck, tone: 'published' },
  refused: { label: 'Refused', icon: CircleX, tone: 'failed' },
  removed: { label: 'Removed', icon: Trash2, tone: 'draft' },
}

/** How we know that it is at the network. */
export const proofs: Readonly<Record<Proof['by'], (network: string) => string>> = {
  answer: (network) => `${network} answered with its address`,
  own_key: (network) => `Found at ${network} under the key chosen before sending`,
  read_back: (network) => `Found by reading the account’s posts at ${network} back`,
  webhook: (network) => `${network} reported it by webhook`,
  person: () => 'A person said that it is there',
}

/** What a step is, by its place. */
export const stepName = ({ kind, position }: Pick<LedgerStep, 'kind' | 'position'>): string =>
  ({ post: 'Post', reply: `Thread, part ${position + 1}`, comment: 'First comment' })[kind]
