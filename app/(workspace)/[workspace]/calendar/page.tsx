import { entered } from '@/app/(workspace)/entered'
import { Calendar } from '@/components/posts/calendar/calendar'
import { listAccounts } from '@/lib/accounts'
import { listProjects } from '@/lib/workspace'
import { may } from '@/lib/workspace/schema'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Calendar' }

export default async function CalendarPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [accounts, projects] = await Promise.all([
    listAccounts(ctx, { includeDisconnected: false, take: 200 }),
    listProjects(ctx, {}),
  ])
  const { slug, timeZone, weekStartsOn } = ctx.workspace
  return (
    <Calendar
      workspace={slug}
      place={{ timeZone, weekStartsOn }}
      accounts={accounts.ok ? accounts.value.items : []}
      projects={projects.ok ? projects.value : []}
      rights={{
        write: may(ctx.role, 'post.create'),
        move: may(ctx.role, 'post.schedule'),
        publish: may(ctx.role, 'post.publish'),
        delete: may(ctx.role, 'post.delete'),
      }}
    />
  )
}
