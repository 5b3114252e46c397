'use client'

import { CircleAlert, CircleCheck, Lightbulb } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { NetworkGlyph } from '@/components/ui/network-glyph'
import { dollars } from '@/lib/core/format'
import type { Problem } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { differences, everyone, wordsIn, write, type Draft } from './draft'
import { FitPicture } from './fit-picture'
import { focusSoon } from './focus-soon'
import type { Judged } from './judged'
import { NetworkWord } from './network-word'
import type { NetworkCheck } from './use-check'

type Props = { readonly judged: readonly Judged[]; readonly network: NetworkCheck }

/** What each network makes of the post: how long it is there, what it costs, what stands in the way. */
export function AccountChecks({ judged, network }: Props) {
  if (judged.length === 0)
    return (
      <p className="text-table text-text-2">
        Choose an account above. How long the text may be, and what it costs, is shown here for each.
      </p>
    )
  const shared = saidToSeveral(judged)
  return (
    <div className="flex flex-col gap-1">
      <ul aria-label="Advice for all" className="flex flex-col gap-1 text-meta empty:hidden">
        {shared.map((message) => (
          <Advice key={message} message={message} />
        ))}
      </ul>
      <ul aria-label="Checks by account" className="flex flex-col divide-y">
        {judged.map((one) => (
          <AccountCheck
            key={one.account.id}
            judged={{ ...one, advice: one.advice.filter(({ message }) => !shared.includes(message)) }}
            network={network}
          />
        ))}
      </ul>
    </div>
  )
}

/** Advice that several accounts have in the same words: it is said once. */
function saidToSeveral(judged: readonly Judged[]): readonly string[] {
  const said = judged.flatMap(({ advice }) => [...new Set(advice.map(({ message }) => message))])
  return [...new Set(said.filter((message, place) => said.indexOf(message) !== place))]
}

const Advice = ({ message }: { readonly message: string }) => (
  <li className="flex items-start gap-1.5 text-text-2">
    <Lightbulb aria-hidden className="mt-0.5 size-3.5 shrink-0 text-text-3" />
    {message}
  </li>
)

type CheckProps = { readonly judged: Judged; readonly network: NetworkCheck }

function AccountCheck({ judged: { account, count, refusals, advice, priceMicros }, network }: CheckProps) {
  const { draft, setScope } = useDesk()
  const { label } = account
  const isNear = count.remaining >= 0 && count.remaining <= Math.min(20, count.max / 10)
  const isOwn = differences(draft, account.id).length > 0
  const withLink = priceMicros !== undefined && priceMicros >= (account.limits.price?.postWithLinkMicros ?? Infinity)
  return (
    <li
      aria-label={`${label} ${account.handle}`}
      data-check={account.id}
      tabIndex={-1}
      className="flex flex-col gap-1 rounded-control py-2"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-table">
        <NetworkGlyph network={account.platform} />
        <span className="truncate">{account.handle}</span>
        {isOwn && <span className="text-meta text-text-3">customised</span>}
        <span className="ml-auto flex items-center gap-3 text-meta tabular-nums">
          {priceMicros !== undefined && (
            <span className="text-text-2">
              {label}: {dollars(priceMicros)}
              {withLink && ' because of the link'}
            </span>
          )}
          {count.bytes !== undefined && count.bytes > (count.maxBytes ?? Infinity) && (
            <span className="font-medium text-danger-text">
              {count.bytes.toLocaleString('en-GB')} / {count.maxBytes?.toLocaleString('en-GB')} bytes
            </span>
          )}
          <span
            className={cn(
              'text-text-2',
              count.max === 0 && 'hidden',
              isNear && 'font-medium text-review',
              count.remaining < 0 && 'font-semibold text-danger-text',
            )}
          >
            {count.length.toLocaleString('en-GB')} / {count.max.toLocaleString('en-GB')}
            <span className="sr-only"> characters</span>
          </span>
          {refusals.length > 0 ? (
            <CircleAlert aria-hidden className="size-4 text-danger-text" />
          ) : (
            <CircleCheck aria-hidden className="size-4 text-published" />
          )}
        </span>
      </div>
      <ul className="flex flex-col gap-1 pl-6 text-meta empty:hidden">
        {refusals.map((problem) => (
          <li
            key={`${problem.field} ${problem.message}`}
            className="flex flex-wrap items-start gap-1.5 text-danger-text"
          >
            <span className="min-w-0 flex-1 basis-52">{problem.message}</span>
            <WayOut problem={problem} judged={account.id} onCustomise={() => setScope(account.id)} label={label} />
          </li>
        ))}
        {advice.map(({ message }) => (
          <Advice key={message} message={message} />
        ))}
        <NetworkWord network={network} accountId={account.id} />
      </ul>
    </li>
  )
}

type WayOutProps = {
  readonly problem: Problem
  readonly judged: string
  readonly label: string
  readonly onCustomise: () => void
}

/** The shortest way out of a problem: one press. */
function WayOut({ problem: { field, fit }, judged: accountId, label, onCustomise }: WayOutProps) {
  const { draft, scope, edit, accounts, chosen } = useDesk()
  const account = accounts.find(({ id }) => id === accountId)
  // The button goes with the problem: the focus stays with what is said of the account.
  const solve = (change: (draft: Draft) => Draft) => {
    edit(change)
    focusSoon(`[data-check="${accountId}"]`)
  }
  if (fit && account) return <FitPicture account={account} fit={fit} />
  if (field === 'thread' && account && !account.threads)
    return (
      <Button
        size="small"
        onClick={() =>
          solve((draft) => {
            const { text, thread } = wordsIn(draft, accountId)
            return write(draft, accountId, {
              text: [text, ...thread.map((part) => part.text)].join('\n\n'),
              thread: [],
            })
          })
        }
      >
        Post it as one text on {label}
      </Button>
    )
  if (field === 'firstComment' && account && !account.firstComment)
    return (
      <Button size="small" onClick={() => solve((draft) => write(draft, accountId, { firstComment: undefined }))}>
        Leave the comment out on {label}
      </Button>
    )
  if (field === 'poll' && account && !account.limits.poll)
    return (
      <Button size="small" onClick={() => solve((draft) => write(draft, accountId, { poll: undefined }))}>
        Leave the poll out on {label}
      </Button>
    )
  if (field === 'options')
    // With one account its settings are in sight already.
    return scope === everyone && chosen.length > 1 ? (
      <Button
        size="small"
        onClick={() => {
          onCustomise()
          focusSoon(`[data-options="${accountId}"]`)
        }}
      >
        Open {label} settings
      </Button>
    ) : null
  const { text, link } = wordsIn(draft, accountId)
  if (field === 'link' && link)
    return (
      <Button
        size="small"
        onClick={() => solve((draft) => write(draft, accountId, { text: `${text.trimEnd()}\n\n${link}`.trimStart() }))}
      >
        Put it into the text on {label}
      </Button>
    )
  const isEmpty = text === ''
  if (scope !== everyone || isEmpty) return null
  return (
    <Button
      size="small"
      variant="ghost"
      // Its words stand under those of the problem.
      className="-ml-2"
      onClick={() => {
        onCustomise()
        focusSoon(`[data-scope="${accountId}"]`)
      }}
    >
      Customise for {label}
    </Button>
  )
}
