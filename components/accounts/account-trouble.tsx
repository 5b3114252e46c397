import { Callout } from '@/components/ui/callout'
import { Link } from '@/components/ui/link'
import { RelativeTime, ZonedTime } from '@/components/ui/time'
import type { AccountCard } from '@/lib/accounts/schema'
import { paths } from '@/lib/core/paths'
import type { Unheard } from '@/lib/inbox/schema'
import { pausedWords, standingOf, unheardWords } from './account-looks'
import { UnheardCallout } from './unheard-callout'

type Props = {
  readonly account: AccountCard
  /** What of it does not come into the inbox. */
  readonly unheard: Unheard | undefined
  readonly timeZone: string
}

/** What is wrong with an account, each thing once: while reading is paused, that is why nothing comes in. */
export function AccountTrouble({ account: { lastError, paused }, unheard, timeZone }: Props) {
  return (
    <>
      {lastError && (
        <Callout tone="failed">
          {lastError.message} <RelativeTime at={lastError.at} zone={timeZone} />
        </Callout>
      )}
      {paused.map(({ lane, until, why }) => (
        <Callout
          key={lane}
          tone="review"
          {...(lane === 'reading' && unheard && { title: unheardWords[unheard.what](unheard.posts) })}
        >
          {pausedWords[lane]} until <ZonedTime at={until} zone={timeZone} zoneHidden />, because {why}. It goes on by
          itself; {lane === 'reading' ? 'what they write meanwhile comes in then.' : 'nothing is lost meanwhile.'}
        </Callout>
      ))}
      {unheard && paused.every(({ lane }) => lane !== 'reading') && (
        <UnheardCallout unheard={unheard} timeZone={timeZone} />
      )}
    </>
  )
}

type AllProps = {
  readonly slug: string
  readonly accounts: readonly AccountCard[]
  readonly unheard: readonly Unheard[]
}

/** Names the accounts of a list that do not work as they should: further down nobody would find them. */
export function AccountsInTrouble({ slug, accounts, unheard }: AllProps) {
  const troubled = accounts.filter((account) =>
    ['needs_reconnect', 'hindered'].includes(
      standingOf(
        account,
        unheard.find(({ accountId }) => accountId === account.id),
      ),
    ),
  )
  if (troubled.length === 0) return null
  return (
    <Callout
      tone="review"
      title={`${troubled.length === 1 ? 'One account does' : `${troubled.length} accounts do`} not work as ${troubled.length === 1 ? 'it' : 'they'} should`}
    >
      <ul className="flex flex-wrap gap-x-4">
        {troubled.map(({ id, displayName, platformLabel }) => (
          <li key={id}>
            <Link href={paths.account(slug, id)} className="link">
              {displayName} on {platformLabel}
            </Link>
          </li>
        ))}
      </ul>
    </Callout>
  )
}
