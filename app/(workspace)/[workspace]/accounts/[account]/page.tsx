import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { AccountActions } from '@/components/accounts/account-actions'
import { AccountHealth } from '@/components/accounts/account-health'
import { accountLooks, standingOf } from '@/components/accounts/account-looks'
import { AccountProject } from '@/components/accounts/account-project'
import { AccountTrouble } from '@/components/accounts/account-trouble'
import { AccountSwitches } from '@/components/accounts/account-switches'
import { Checking } from '@/components/accounts/checking'
import { ConnectionDoctor } from '@/components/accounts/connection-doctor'
import { SlotEditor } from '@/components/accounts/slot-editor'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { Callout } from '@/components/ui/callout'
import { Page, Section } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { connectionOffers, getAccount } from '@/lib/accounts'
import { paths } from '@/lib/core/paths'
import { listUnheard } from '@/lib/inbox'
import { listSlots } from '@/lib/posts'
import { listProjects, may } from '@/lib/workspace'
import { ExternalLink } from 'lucide-react'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage({
  params,
}: {
  readonly params: Promise<{ workspace: string; account: string }>
}) {
  const ctx = await entered(params)
  const { account: accountId } = await params
  const [found, offers, projects, slots, unheard] = await Promise.all([
    getAccount(ctx, { accountId }),
    connectionOffers(ctx, {}),
    listProjects(ctx, {}),
    listSlots(ctx, { accountId }),
    listUnheard(ctx, { accountIds: [accountId] }),
  ])
  const account = granted(found)
  const [notHeard] = granted(unheard)
  const { slug, timeZone, weekStartsOn } = ctx.workspace
  const refusal = may(ctx.role, 'account.connect') ? undefined : 'Only owners and admins may change connections.'
  const noSlots = may(ctx.role, 'post.schedule') ? undefined : 'Your role may not schedule posts.'
  return (
    <Page kind="detail">
      <PageHeader
        crumbs={
          <Link href={paths.accounts(slug)} className="rounded-control hover:text-text">
            Accounts
          </Link>
        }
        title={account.displayName}
        beside={
          <>
            <StatusBadge state={standingOf(account, notHeard)} looks={accountLooks} />
            <Checking account={account} />
          </>
        }
        description={
          <a href={account.profileUrl} target="_blank" rel="noreferrer" className="link">
            {account.handle} on {account.platformLabel} <ExternalLink aria-hidden className="inline size-3.5" />
          </a>
        }
        secondary={<AccountActions slug={slug} account={account} offers={granted(offers)} refusal={refusal} />}
      />
      {account.state === 'disconnected' && (
        <Callout title="This account is disconnected">
          Nothing goes out through it. Reconnect it, and posts that wait for it go on.
        </Callout>
      )}
      <AccountTrouble account={account} unheard={notHeard} timeZone={timeZone} />
      <Section title="Project">
        <AccountProject
          slug={slug}
          account={account}
          projects={granted(projects).map(({ id, name }) => ({ id, name }))}
          mayChange={refusal === undefined}
          className="w-60 text-table"
        />
      </Section>
      {Object.values(account.switches).some(Boolean) && (
        <Section title="By itself" description="What it does without being asked.">
          <AccountSwitches slug={slug} account={account} refusal={refusal} />
        </Section>
      )}
      <Section title="Queue slots" description="The times of the week at which this account likes to post.">
        <SlotEditor
          slug={slug}
          accountId={account.id}
          timeZone={timeZone}
          weekStartsOn={weekStartsOn}
          slots={granted(slots)}
          refusal={noSlots}
        />
      </Section>
      <Section title="Health">
        <AccountHealth account={account} timeZone={timeZone} />
      </Section>
      <Section title="Connection doctor" description="What works, what does not, and what to do about it.">
        <ConnectionDoctor slug={slug} accountId={account.id} network={account.platformLabel} />
      </Section>
      <LiveRefresh on={['account.*']} about={account.id} />
    </Page>
  )
}
