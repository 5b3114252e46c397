'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Lightbulb, RefreshCw, type LucideIcon } from 'lucide-react'
import { read } from '@/components/shell/queries'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorState } from '@/components/ui/error-state'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Examined } from '@/lib/accounts/schema'
import { paths } from '@/lib/core/paths'

type Props = { readonly slug: string; readonly accountId: string; readonly network: string }

/** By this name others have the doctor look again. */
export const examinationKey = (slug: string, accountId: string) => ['account-examination', slug, accountId]

/** Everything that can be found out about a connection, what is wrong first, each with what to do about it. */
export function ConnectionDoctor({ slug, accountId, network }: Props) {
  const found = useQuery({
    queryKey: examinationKey(slug, accountId),
    queryFn: ({ signal }) => read<readonly Examined[]>(paths.examination(slug, accountId), signal),
    staleTime: 0,
  })
  const findings = (found.data ?? []).toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          size="small"
          icon={<RefreshCw aria-hidden />}
          busy={found.isFetching}
          onClick={() => void found.refetch()}
        >
          Check again
        </Button>
        <output className="text-meta text-text-2">
          {found.isFetching ? `Asking ${network}…` : found.data ? summed(found.data) : ''}
        </output>
      </div>
      {found.error && !found.isFetching ? (
        <ErrorState title="The connection could not be examined">{found.error.message}</ErrorState>
      ) : found.data ? (
        <ul aria-label="Findings" className="flex flex-col divide-y border-y">
          {findings.map((finding) => (
            <FindingItem key={`${finding.name} ${finding.label}`} finding={finding} />
          ))}
        </ul>
      ) : (
        <SkeletonRows label={`Asking ${network}…`} />
      )}
    </div>
  )
}

const order = ['problem', 'advice', 'good'] as const
const looks: Readonly<Record<Examined['state'], { icon: LucideIcon; word: string; tone: string }>> = {
  problem: { icon: CircleAlert, word: 'Problem', tone: 'text-danger-text' },
  advice: { icon: Lightbulb, word: 'Worth a look', tone: 'text-review' },
  good: { icon: CircleCheck, word: 'Good', tone: 'text-published' },
}

function summed(findings: readonly Examined[]): string {
  const count = (state: Examined['state']) => findings.filter((one) => one.state === state).length
  const [problems, advice] = [count('problem'), count('advice')]
  if (problems === 0 && advice === 0) return 'All is well.'
  return [
    ...(problems > 0 ? [`${problems} ${problems === 1 ? 'problem' : 'problems'}`] : []),
    ...(advice > 0 ? [`${advice} worth a look`] : []),
  ].join(', ')
}

function FindingItem({ finding: { label, state, message, copy } }: { readonly finding: Examined }) {
  const { icon: Icon, word, tone } = looks[state]
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-2.5 py-2.5 text-table sm:grid-cols-[auto_minmax(9rem,14rem)_1fr]">
      <Icon aria-hidden className={`mt-0.5 size-4 ${tone}`} />
      <span className="font-medium">
        <span className="sr-only">{word}: </span>
        {label}
      </span>
      <div className="flex min-w-0 flex-col gap-1 max-sm:col-start-2">
        <span className="text-pretty [overflow-wrap:anywhere] text-text-2">{message}</span>
        {copy && (
          <span className="flex items-center gap-1">
            <code className="min-w-0 rounded-control bg-sunken px-1.5 py-0.5 font-mono text-meta [overflow-wrap:anywhere]">
              {copy}
            </code>
            <CopyButton text={copy} label={`Copy ${label.toLowerCase()}`} />
          </span>
        )}
      </div>
    </li>
  )
}
