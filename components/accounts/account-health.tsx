'use client'

import { Facts } from '@/components/ui/timeline'
import { RelativeTime, ZonedTime } from '@/components/ui/time'
import type { AccountCard } from '@/lib/accounts/schema'
import { listed } from '@/lib/core/format'
import type { ReactNode } from 'react'
import { settledBy } from './account-looks'

type Props = { readonly account: AccountCard; readonly timeZone: string; readonly className?: string }

/** Everything known about an account's connection. */
export function AccountHealth({ account, timeZone, className }: Props) {
  const { scopesGranted, scopesMissing, tokenIssuedAt, lastError, lastCheckedAt, platformLabel, paused } = account
  const facts: { name: string; value: ReactNode }[] = [
    { name: 'Token', value: <TokenLife account={account} timeZone={timeZone} /> },
    { name: 'Token made', value: <RelativeTime at={tokenIssuedAt} zone={timeZone} /> },
    {
      name: 'It may',
      value: scopesGranted.length > 0 ? <Scopes names={scopesGranted} /> : 'Everything the account itself may',
    },
    ...(scopesMissing.length > 0
      ? [
          {
            name: 'Missing',
            value: (
              <span className="flex flex-col gap-1">
                <Scopes names={scopesMissing} />
                <span className="text-text-2">What needs these will not work. Reconnect and allow them.</span>
              </span>
            ),
          },
        ]
      : []),
    {
      name: 'Last checked',
      value: lastCheckedAt ? <RelativeTime at={lastCheckedAt} zone={timeZone} /> : 'Not yet',
    },
    {
      name: 'Last error',
      value:
        !lastError && paused.length > 0 ? (
          listed(paused.map(({ why }) => why))
        ) : lastError ? (
          <span className="flex flex-col gap-0.5">
            {lastError.message}
            <ZonedTime at={lastError.at} zone={timeZone} className="text-meta text-text-3 tabular-nums" />
          </span>
        ) : (
          'None'
        ),
    },
    { name: 'When an answer is lost', value: settledBy[account.settledBy](platformLabel) },
  ]
  return <Facts facts={facts} {...(className && { className })} />
}

const Scopes = ({ names }: { readonly names: readonly string[] }) => (
  <span className="flex flex-wrap gap-1">
    {names.map((name) => (
      <code key={name} className="rounded-control bg-sunken px-1.5 py-0.5 font-mono text-meta">
        {name}
      </code>
    ))}
  </span>
)

/** How long the token lasts, and whether anybody has to think of it. */
export function TokenLife({ account, timeZone }: Pick<Props, 'account' | 'timeZone'>) {
  const { state, tokenExpiresAt, renews } = account
  if (state === 'disconnected') return <>Forgotten</>
  if (renews) return <>Renews by itself</>
  if (!tokenExpiresAt) return <>Does not end</>
  return (
    <>
      Ends <RelativeTime at={tokenExpiresAt} zone={timeZone} />; reconnect before then
    </>
  )
}
