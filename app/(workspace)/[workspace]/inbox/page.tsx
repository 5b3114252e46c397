import type { Metadata } from 'next'
import { Inbox } from 'lucide-react'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { ConversationList } from '@/components/inbox/conversation-list'
import { ConversationView } from '@/components/inbox/conversation-view'
import { inboxHref, readAddress } from '@/components/inbox/inbox-address'
import { ViewList } from '@/components/inbox/view-list'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { cn } from '@/components/ui/cn'
import { EmptyState } from '@/components/ui/empty-state'
import { Input } from '@/components/ui/input'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { countViews, getConversation, listConversations, listMessages, listNotes, listReplies } from '@/lib/inbox'
import { listMembers, may, type Ctx } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Inbox' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function InboxPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const address = readAddress(await searchParams)
  const { slug, timeZone } = ctx.workspace
  const { view, search, after, open } = address
  const [list, counts] = await Promise.all([
    listConversations(ctx, {
      view,
      ...(search.length >= 2 ? { search } : {}),
      ...(after ? { cursor: after } : {}),
    }),
    countViews(ctx, {}),
  ])
  const { items, next } = granted(list)
  return (
    <Page kind="workbench">
      <PageHeader title="Inbox" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:min-h-0 lg:flex-1 lg:grid-cols-[9.5rem_21rem_minmax(0,1fr)]">
        <div className={cn('flex flex-col gap-3', open && 'max-lg:hidden')}>
          <ViewList slug={slug} address={address} counts={granted(counts)} />
        </div>
        <div className={cn('flex min-w-0 flex-col gap-3 lg:overflow-y-auto', open && 'max-lg:hidden')}>
          <search>
            <form>
              {view !== 'todo' && <input type="hidden" name="view" value={view} />}
              <Input
                name="search"
                type="search"
                aria-label="Search the inbox"
                placeholder="Search"
                defaultValue={search}
              />
            </form>
          </search>
          <ConversationList slug={slug} timeZone={timeZone} address={address} items={items} next={next} />
        </div>
        <div className="min-w-0 lg:overflow-y-auto lg:pr-2">
          {open ? (
            await opened(ctx, open, inboxHref(slug, { view, search }))
          ) : (
            <EmptyState
              className="max-lg:hidden"
              icon={<Inbox />}
              title="Choose a conversation"
              description="What was said, and what you answer, is shown here."
            />
          )}
        </div>
      </div>
      <LiveRefresh on={['message.*', 'conversation.*', 'reply.*']} />
    </Page>
  )
}

async function opened(ctx: Ctx, conversationId: string, back: string) {
  const [conversation, messages, replies, notes, members] = await Promise.all([
    getConversation(ctx, { conversationId }),
    listMessages(ctx, { conversationId }),
    listReplies(ctx, { conversationId }),
    listNotes(ctx, { conversationId }),
    listMembers(ctx, {}),
  ])
  return (
    <ConversationView
      slug={ctx.workspace.slug}
      timeZone={ctx.workspace.timeZone}
      back={back}
      conversation={granted(conversation)}
      messages={granted(messages).items}
      replies={granted(replies)}
      notes={granted(notes)}
      members={granted(members).rows.map(({ id, name }) => ({ id, name }))}
      may={{
        triage: may(ctx.role, 'inbox.triage'),
        draft: may(ctx.role, 'inbox.draft'),
        reply: may(ctx.role, 'inbox.reply'),
      }}
    />
  )
}
