import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { Inbox } from '@/components/inbox/inbox'
import { everyAccount } from '@/lib/accounts'
import { listUnheard } from '@/lib/inbox'
import { listDispositions, listTeams } from '@/lib/routing'
import { everyMember, listProjects } from '@/lib/workspace'
import { may } from '@/lib/workspace/schema'

export const metadata: Metadata = { title: 'Inbox' }

export default async function InboxPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [members, teams, dispositions, accounts, projects, unheard] = await Promise.all([
    everyMember(ctx, {}),
    listTeams(ctx, {}),
    listDispositions(ctx, {}),
    everyAccount(ctx, { includeDisconnected: true }),
    listProjects(ctx, {}),
    listUnheard(ctx, {}),
  ])
  return (
    <Inbox
      workspace={ctx.workspace.slug}
      timeZone={ctx.workspace.timeZone}
      me={ctx.actor.id}
      members={granted(members).map(({ id, name, role }) => ({ id, name, mayAnswer: may(role, 'inbox.draft') }))}
      teams={granted(teams).map(({ id, name }) => ({ id, name }))}
      dispositions={granted(dispositions)}
      accounts={accounts.ok ? accounts.value : []}
      projects={granted(projects).map(({ id, name }) => ({ id, name }))}
      unheard={granted(unheard).map(({ accountId }) => accountId)}
      rights={{
        triage: may(ctx.role, 'inbox.triage'),
        draft: may(ctx.role, 'inbox.draft'),
        reply: may(ctx.role, 'inbox.reply'),
        manage: may(ctx.role, 'inbox.manage'),
      }}
    />
  )
}
