'use client'

import { ZonedTime } from '@/components/ui/time'
import { duration } from '@/lib/core/format'
import type { Proof, ReplyCard } from '@/lib/inbox/schema'
import { useInboxPlace } from './inbox-context'
import { originOf } from './reply-author'

const outcomes: Readonly<Record<string, string>> = {
  accepted: 'accepted',
  duplicate: 'accepted a second time',
  refused: 'refused',
  not_sent: 'nothing was sent',
  parked: 'the network asks to wait',
  unknown: 'no certain answer',
  died: 'the worker ended in between',
  found: 'found',
  absent: 'not found',
  unreadable: 'could not be read',
}
const purposes: Readonly<Record<string, string>> = {
  look: 'Looked for',
  ask: 'A person was asked',
  upload: 'A file was brought',
}
const proofs: Readonly<Record<Proof['by'], string>> = {
  answer: 'the network’s own answer',
  own_key: 'the key it was sent with',
  read_back: 'reading it back',
  webhook: 'its echo',
  person: 'a person who saw it',
}

/** Only what arrived was sent. */
const whatWasDone = ({ purpose, outcome }: ReplyCard['attempts'][number]): string =>
  purpose === 'send' && (outcome === 'accepted' || outcome === 'duplicate') ? 'Sent' : (purposes[purpose] ?? 'Tried')

/** What was meant, every try, and how we know what became of it. */
export function ReplyLedger({ reply }: { readonly reply: ReplyCard }) {
  const { timeZone, members } = useInboxPlace()
  const at = (moment: string) => <ZonedTime at={moment} zone={timeZone} pattern="d MMM, HH:mm:ss" zoneHidden />
  const [wrote, ...decided] = originOf(reply, members)
  return (
    <details className="text-meta text-text-3">
      <summary className="w-fit">
        {reply.state === 'sent' ? 'Sent once' : 'Ledger'}
        {reply.proof && `, proven by ${proofs[reply.proof.by]}`}
      </summary>
      <ol aria-label="Ledger of this answer" className="mt-1 flex flex-col gap-0.5 border-l pl-3">
        <li>
          {wrote}, {at(reply.createdAt)}
        </li>
        {decided.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {reply.attempts.map((attempt) => (
          <li key={attempt.id}>
            {whatWasDone(attempt)}, {at(attempt.startedAt)}:{' '}
            {attempt.outcome === null
              ? 'under way'
              : (outcomes[attempt.outcome] ?? attempt.outcome.replaceAll('_', ' '))}
            {attempt.durationMs !== null && ` after ${duration(attempt.durationMs)}`}
          </li>
        ))}
        {reply.proof && (
          <li>
            Proven by {proofs[reply.proof.by]}
            {reply.proof.note && ` (${reply.proof.note})`}, {at(reply.proof.at)}
          </li>
        )}
        {reply.url && (
          <li>
            <a href={reply.url} target="_blank" rel="noreferrer" className="link">
              Open it at the network
            </a>
          </li>
        )}
      </ol>
    </details>
  )
}
