'use client'

import { Callout } from '@/components/ui/callout'
import { Link } from '@/components/ui/link'
import { paths } from '@/lib/core/paths'
import { useInboxPlace } from './inbox-context'

/** Says that not everything comes in: an inbox that is empty for that looks like one in which nobody wrote. */
export function UnheardNotice() {
  const { workspace, accounts, unheard } = useInboxPlace()
  const named = accounts.filter(({ id }) => unheard.includes(id))
  const [first, ...others] = named
  if (!first) return null
  return (
    <Callout tone="failed">
      Not all that people write to {first.displayName} on {first.platformLabel}
      {others.length > 0 && ` and ${others.length === 1 ? 'another account' : `${others.length} other accounts`}`} comes
      in.{' '}
      <Link href={others.length > 0 ? paths.accounts(workspace) : paths.account(workspace, first.id)} className="link">
        See why
      </Link>
    </Callout>
  )
}
