import { entered } from '@/app/(workspace)/entered'
import { Calendar } from '@/components/posts/calendar/calendar'
import { everyAccount } from '@/lib/accounts'
import { listProjects } from '@/lib/workspace'
import { may } from '@/lib/workspace/schema'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Calendar' }

export default async function CalendarPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [accounts, projects] = await Promise.all([everyAccount(ctx, {}), listProjects(ctx, {})])
  const { slug, timeZone, weekStartsOn } = ctx.workspace
  return (
    <Calendar
      workspace={slug}
      place={{ timeZone, weekStartsOn }}
      accounts={accounts.ok ? accounts.value : []}
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
