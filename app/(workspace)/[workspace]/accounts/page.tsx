import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { AccountList } from '@/components/accounts/account-list'
import { AccountsInTrouble } from '@/components/accounts/account-trouble'
import { ConnectDialog } from '@/components/accounts/connect-dialog'
import { ConnectionOutcome } from '@/components/accounts/connection-outcome'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { NextPage } from '@/components/workspace/next-page'
import { connectionOffers, listAccounts } from '@/lib/accounts'
import { listUnheard } from '@/lib/inbox'
import { listProjects, may } from '@/lib/workspace'
import { Users } from 'lucide-react'
import { noticeCookie, readNotice } from './notice'

export const metadata: Metadata = { title: 'Accounts' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AccountsPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const { after } = await searchParams
  const [accounts, offers, projects, kept] = await Promise.all([
    listAccounts(ctx, { includeDisconnected: true, take: 50, ...(typeof after === 'string' ? { cursor: after } : {}) }),
    connectionOffers(ctx, {}),
    listProjects(ctx, {}),
    cookies(),
  ])
  const { slug, timeZone } = ctx.workspace
  const { items, next } = granted(accounts)
  const unheard = granted(await listUnheard(ctx, { accountIds: items.map(({ id }) => id) }))
  const ways = granted(offers)
  const projectChoices = granted(projects).map(({ id, name }) => ({ id, name }))
  const refusal = may(ctx.role, 'account.connect') ? undefined : 'Only owners and admins may connect accounts.'
  const connect = <ConnectDialog slug={slug} offers={ways} projects={projectChoices} refusal={refusal} />
  return (
    <Page>
      <PageHeader
        title="Accounts"
        description="Where posts go out and people write to you. Tokens are kept encrypted and renew themselves where the network allows it."
        action={connect}
      />
      <ConnectionOutcome notice={readNotice(kept.get(noticeCookie)?.value)} />
      <AccountsInTrouble slug={slug} accounts={items} unheard={unheard} />
      {items.length === 0 ? (
        <EmptyState
          icon={<Users />}
          title="The accounts you post to will be here"
          description="Connect one with the button above: it lists every network there is."
        />
      ) : (
        <AccountList
          slug={slug}
          timeZone={timeZone}
          accounts={items}
          unheard={unheard}
          offers={ways}
          projects={projectChoices}
          refusal={refusal}
        />
      )}
      <NextPage name="after" next={next} />
      <LiveRefresh on={['account.*']} />
    </Page>
  )
}
