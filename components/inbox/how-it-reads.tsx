'use client'

import { Skeleton } from '@/components/ui/skeleton'
import type { ConversationDetail, Understood } from '@/lib/inbox/schema'
import { useInboxPlace } from './inbox-context'
import { useUnderstood } from './use-inbox'

const kinds: Readonly<Record<Understood['personal'][number]['kind'], readonly [one: string, many: string]>> = {
  email: ['an email address', 'email addresses'],
  phone: ['a phone number', 'phone numbers'],
  card: ['a card number', 'card numbers'],
  iban: ['an IBAN', 'IBANs'],
  address: ['a postal address', 'postal addresses'],
}
const named = ({ kind, count }: Understood['personal'][number]): string =>
  count === 1 ? kinds[kind][0] : `${count} ${kinds[kind][1]}`
const signed = (weight: number): string => `${weight > 0 ? '+' : ''}${weight.toFixed(2)}`

/** How the last words were understood: those that made the feeling, and which personal data they name. */
export function HowItReads({ conversation }: { readonly conversation: ConversationDetail }) {
  const { workspace } = useInboxPlace()
  const { data, error } = useUnderstood(workspace, conversation.id, conversation.lastInboundAt)
  if (error) return <p className="mt-3 text-meta text-failed">{error.message}</p>
  if (data === undefined) return <Skeleton className="mt-3 h-12 w-full" />
  if (data === null) return null
  const { score, byWords, isMeasured, words, personal } = data
  const [lexicon, model] = [words.filter(({ by }) => by !== 'model'), words.filter(({ by }) => by === 'model')]
  return (
    <div className="mt-3 flex flex-col gap-3 text-meta text-text-2">
      {score !== byWords && (
        <p>
          A model reads it as {signed(score)}; by its words it would be {signed(byWords)}.
        </p>
      )}
      {!isMeasured && <p>It is not in English: only its emoji, links and numbers are read.</p>}
      {words.length === 0 && <p>No word in it shows a feeling.</p>}
      <Words title="Words with a feeling" words={lexicon} />
      <Words title="Words that moved it" words={model} />
      {personal.length > 0 && <p>Personal data in it: {personal.map(named).join(', ')}.</p>}
    </div>
  )
}

function Words({ title, words }: { readonly title: string; readonly words: Understood['words'] }) {
  if (words.length === 0) return null
  return (
    <div className="flex flex-col gap-1">
      <h4 className="font-medium text-text-3">{title}</h4>
      <ul aria-label={title} className="flex flex-wrap gap-1">
        {words.map(({ text, weight }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a word may stand there twice, and the list never changes
          <li key={at} className="rounded-full border px-2 py-0.5 [overflow-wrap:anywhere]">
            {text} <span className="font-medium tabular-nums text-text">{signed(weight)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
