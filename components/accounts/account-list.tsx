'use client'

import { Avatar } from '@/components/ui/avatar'
import type { GlyphName } from '@/components/ui/network-glyph'
import { StatusBadge } from '@/components/ui/status-badge'
import { RelativeTime } from '@/components/ui/time'
import type { AccountCard, ConnectionOffer } from '@/lib/accounts/schema'
import { paths } from '@/lib/core/paths'
import type { Unheard } from '@/lib/inbox/schema'
import { ChevronRight } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { AccountActions } from './account-actions'
import { AccountHealth, TokenLife } from './account-health'
import { accountLooks, pageWords, standingOf } from './account-looks'
import { AccountProject } from './account-project'
import { AccountTrouble } from './account-trouble'
import { Checking } from './checking'
import type { ProjectChoice } from './connect-dialog'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly accounts: readonly AccountCard[]
  /** Those of which not all that people write comes in. */
  readonly unheard: readonly Unheard[]
  readonly offers: readonly ConnectionOffer[]
  readonly projects: readonly ProjectChoice[]
  /** Why this person may not change connections; undefined when they may. */
  readonly refusal?: string | undefined
}

/** Connected accounts with their health, each with its way out of trouble. */
export function AccountList({ accounts, unheard, ...rest }: Props) {
  return (
    <ul aria-label="Accounts" className="flex flex-col divide-y border-y">
      {accounts.map((account) => (
        <AccountItem
          key={account.id}
          account={account}
          unheard={unheard.find(({ accountId }) => accountId === account.id)}
          {...rest}
        />
      ))}
    </ul>
  )
}

type ItemProps = Omit<Props, 'accounts' | 'unheard'> & {
  readonly account: AccountCard
  readonly unheard: Unheard | undefined
}

function AccountItem({ slug, timeZone, account, unheard, offers, projects, refusal }: ItemProps) {
  const { platformLabel, handle, displayName, kind, lastCheckedAt } = account
  const provider = offers.find(({ isProvider, method }) => isProvider && method === account.method)
  return (
    <li aria-label={`${platformLabel} ${handle}`} className="flex flex-col gap-3 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,1fr)_16rem_10rem_10rem]">
        <div className="flex min-w-0 flex-1 basis-60 items-center gap-3">
          {/* The column holds PlatformName, and there is a mark for every one. */}
          <Avatar
            name={displayName}
            src={account.avatarUrl}
            network={account.platform as GlyphName}
            square={kind === 'page'}
            decorative
          />
          <div className="flex min-w-0 flex-col">
            <Link
              href={paths.account(slug, account.id)}
              className="truncate rounded-control font-medium hover:underline"
            >
              {displayName}
            </Link>
            <span className="truncate text-meta text-text-3">
              {[platformLabel, kind === 'page' && pageWords[account.platform], handle].filter(Boolean).join(' ')}
              {provider && `, through ${provider.platformLabel}`}
            </span>
          </div>
        </div>
        <div className="flex basis-44 flex-col items-start gap-1 max-sm:order-1">
          <StatusBadge state={standingOf(account, unheard)} looks={accountLooks} />
          <span className="text-meta text-text-3">
            <Checking account={account}>
              <TokenLife account={account} timeZone={timeZone} />
              {lastCheckedAt && (
                <>
                  ,{' '}
                  <span className="whitespace-nowrap">
                    checked <RelativeTime at={lastCheckedAt} zone={timeZone} />
                  </span>
                </>
              )}
            </Checking>
          </span>
        </div>
        <AccountProject
          slug={slug}
          account={account}
          projects={projects}
          mayChange={refusal === undefined}
          className="w-40 text-table text-text-2 max-sm:order-1 max-sm:ml-auto"
        />
        <AccountActions slug={slug} account={account} offers={offers} refusal={refusal} />
      </div>
      <AccountTrouble account={account} unheard={unheard} timeZone={timeZone} />
      <details className="group text-table">
        <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-1 rounded-control text-text-2 hover:text-text touch:min-h-11">
          <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
          Health in detail
        </summary>
        <AccountHealth account={account} timeZone={timeZone} className="pt-2 pl-5" />
      </details>
    </li>
  )
}
