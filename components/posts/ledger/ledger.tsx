import { Callout } from '@/components/ui/callout'
import { CopyButton } from '@/components/ui/copy-button'
import { StatusBadge } from '@/components/ui/status-badge'
import { ZonedTime } from '@/components/ui/time'
import { Facts, Timeline } from '@/components/ui/timeline'
import { duration } from '@/lib/core/format'
import type { LedgerAttempt, LedgerStep } from '@/lib/posts/schema'
import { ChevronRight, ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { Intent } from './intent'
import { endings, proofs, purposes, stepLooks, stepName, underWay } from './ledger-words'

type Props = { readonly steps: readonly LedgerStep[]; readonly network: string; readonly timeZone: string }

/** What was meant to be sent, every try of it, and how we know what became of it. */
export function Ledger({ steps, network, timeZone }: Props) {
  return (
    <ol aria-label={`Ledger of ${network}`} className="flex flex-col gap-5">
      {steps.map((step) => (
        <li key={step.id} className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h4 className="text-table font-semibold">{stepName(step)}</h4>
            <StatusBadge state={step.state} looks={stepLooks} />
            {step.url && (
              <a href={step.url} target="_blank" rel="noreferrer" className="link text-table">
                Open <ExternalLink aria-hidden className="inline size-3.5" />
              </a>
            )}
          </div>
          {step.proof?.notes?.map((note) => (
            <Callout key={note} tone="review">
              {note}
            </Callout>
          ))}
          {step.proof && (
            <Facts
              facts={[
                {
                  name: 'Proof',
                  value: (
                    <>
                      {proofs[step.proof.by](network)}
                      {step.proof.note && ` (${step.proof.note})`},{' '}
                      <ZonedTime at={step.proof.at} zone={timeZone} pattern="d MMM, HH:mm:ss.SSS" />
                    </>
                  ),
                },
              ]}
            />
          )}
          <More label="What was to be sent">
            <Intent intent={step.intent} timeZone={timeZone} />
          </More>
          {step.attempts.length > 0 && (
            <Timeline
              label={`Attempts: ${stepName(step)}`}
              items={step.attempts.map((attempt) => lineOf(attempt, timeZone))}
            />
          )}
        </li>
      ))}
    </ol>
  )
}

function lineOf(attempt: LedgerAttempt, timeZone: string) {
  const { icon, tone, words } = attempt.outcome ? endings[attempt.outcome] : underWay
  return {
    id: attempt.id,
    icon,
    tone,
    title: `${purposes[attempt.purpose]}: ${words}`,
    at: <ZonedTime at={attempt.startedAt} zone={timeZone} pattern="d MMM, HH:mm:ss.SSS" />,
    // No worker found out what a person said.
    detail: attempt.purpose === 'ask' ? undefined : <AttemptDetail attempt={attempt} />,
  }
}

function AttemptDetail({ attempt: { durationMs, worker, fence, requestHash, answer } }: { attempt: LedgerAttempt }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-meta text-text-3">
        {durationMs !== null && (
          <span className="tabular-nums" title={duration(durationMs)}>
            took {durationMs.toLocaleString('en-GB')} ms,{' '}
          </span>
        )}
        by worker <code className="font-mono">{worker}</code>, claim {fence}
      </span>
      {requestHash && (
        <span className="flex items-center gap-1 text-meta text-text-3">
          Request
          <code className="font-mono" title={requestHash}>
            {requestHash.slice(0, 16)}…
          </code>
          <CopyButton text={requestHash} label="Copy the request’s hash" />
        </span>
      )}
      {hasWords(answer) && (
        <More label="Answer">
          <pre className="overflow-x-auto rounded-control bg-sunken p-3 font-mono text-meta whitespace-pre-wrap text-text">
            {JSON.stringify(answer, null, 2)}
          </pre>
        </More>
      )}
    </div>
  )
}

const hasWords = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && Object.keys(answer).length > 0

function More({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <details className="group text-table">
      <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-1 rounded-control text-text-2 hover:text-text touch:min-h-11">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {label}
      </summary>
      <div className="pt-2 pl-5">{children}</div>
    </details>
  )
}
