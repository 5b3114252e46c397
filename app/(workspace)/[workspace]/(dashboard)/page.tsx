import { CalendarClock, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { AccountsInNeed } from '@/components/dashboard/accounts-in-need'
import { ConversationLines } from '@/components/dashboard/conversation-lines'
import { FirstSteps } from '@/components/dashboard/first-steps'
import { PostLines } from '@/components/dashboard/post-lines'
import { WeekStats } from '@/components/dashboard/week-stats'
import { countedUpTo } from '@/components/inbox/inbox-looks'
import { periodOf, todayIn } from '@/components/posts/calendar/period'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Page, Section } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { accountsInNeed, listAccounts } from '@/lib/accounts'
import { paths } from '@/lib/core/paths'
import { countViews, listConversations } from '@/lib/inbox'
import { dashboard, listPosts, quickStats } from '@/lib/posts'
import { listInvitations, listMembers, may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Dashboard' }

const mostLines = 5

export default async function DashboardPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const { slug, name, timeZone, weekStartsOn } = ctx.workspace
  const week = periodOf('week', todayIn(timeZone), { timeZone, weekStartsOn })
  const [given, counted, inNeed, anyAccount, anyPost, members, invitations, views, stuck, asked] = await Promise.all([
    dashboard(ctx, {}),
    quickStats(ctx, { from: week.from, to: week.to }),
    accountsInNeed(ctx, {}),
    listAccounts(ctx, { take: 1 }),
    listPosts(ctx, { take: 1 }),
    listMembers(ctx, { take: 2 }),
    listInvitations(ctx, {}),
    countViews(ctx, {}),
    listConversations(ctx, { view: 'stuck', take: mostLines }),
    listConversations(ctx, { view: 'todo', sort: 'priority', take: mostLines }),
  ])
  const { due, failed, needsYou } = granted(given)
  const toReconnect = granted(inNeed)
  const done = {
    connected: granted(anyAccount).items.length > 0,
    written: granted(anyPost).items.length > 0,
    invited: granted(members).rows.length > 1 || granted(invitations).length > 0,
  }
  const { todo = 0, stuck: stuckCount = 0 } = granted(views)
  const lines = { workspace: slug, timeZone }
  const posts = (query: Record<string, string>) => `${paths.posts(slug)}?${new URLSearchParams(query)}`

  return (
    <Page className="gap-8">
      <PageHeader
        title="Dashboard"
        description={name}
        action={
          may(ctx.role, 'post.create') ? (
            <LinkButton href={paths.compose(slug)} variant="primary" icon={<Plus aria-hidden />}>
              New post
            </LinkButton>
          ) : undefined
        }
      />
      {!(done.connected && done.written) && (
        <Section title="First steps" description="Three things, and the desk is yours.">
          <FirstSteps
            workspace={slug}
            done={done}
            rights={{
              connect: may(ctx.role, 'account.connect'),
              write: may(ctx.role, 'post.create'),
              invite: may(ctx.role, 'team.invite'),
            }}
          />
        </Section>
      )}
      {needsYou.count > 0 && (
        <Section title={`Needs you (${needsYou.count})`} description="These wait until somebody says what to do.">
          <PostLines
            {...lines}
            label="Posts that need you"
            posts={needsYou.items}
            count={needsYou.count}
            all={posts({ state: 'needs_person' })}
          />
        </Section>
      )}
      {stuckCount > 0 && (
        <Section
          title={`Stuck answers (${countedUpTo(stuckCount)})`}
          description="An answer in these did not go out, or nobody can tell."
        >
          <ConversationLines
            {...lines}
            label="Conversations with a stuck answer"
            conversations={granted(stuck).items}
            count={stuckCount}
            view="stuck"
          />
        </Section>
      )}
      {toReconnect.length > 0 && (
        <Section
          title={`Accounts to reconnect (${toReconnect.length})`}
          description="Nothing goes out through these until then; their posts wait."
        >
          <AccountsInNeed workspace={slug} accounts={toReconnect} />
        </Section>
      )}
      {failed.count > 0 && (
        <Section title={`Failed (${failed.count})`} description="In the last 30 days.">
          <PostLines
            {...lines}
            label="Posts that failed"
            posts={failed.items}
            count={failed.count}
            all={posts({ state: 'refused,partly_published' })}
          />
        </Section>
      )}
      {todo > 0 && (
        <Section title={`To answer (${countedUpTo(todo)})`} description="The weightiest first.">
          <ConversationLines
            {...lines}
            label="Conversations to answer"
            conversations={granted(asked).items}
            count={todo}
            view="todo"
          />
        </Section>
      )}
      <Section title={`Due in the next 24 hours${due.count > 0 ? ` (${due.count})` : ''}`}>
        {due.count > 0 ? (
          <PostLines
            {...lines}
            label="Posts that are due"
            posts={due.items}
            count={due.count}
            all={posts({ state: 'scheduled,sending', sort: 'due' })}
          />
        ) : (
          <EmptyState
            icon={<CalendarClock />}
            title="Nothing goes out in the next 24 hours"
            description="What is planned for later is in the calendar."
            action={<LinkButton href={paths.calendar(slug)}>Open the calendar</LinkButton>}
            className="py-6"
          />
        )}
      </Section>
      <Section title="This week" description={week.title}>
        <WeekStats workspace={slug} timeZone={timeZone} period="This week" stats={granted(counted)} />
      </Section>
      <LiveRefresh on={['post.*', 'account.*', 'message.*', 'conversation.*', 'reply.*']} />
    </Page>
  )
}
