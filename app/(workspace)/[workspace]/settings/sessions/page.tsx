import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { Section } from '@/components/ui/page'
import { EndOtherSessions, SessionTable } from '@/components/workspace/session-table'
import { listSessions } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Your sessions' }

export default async function SessionsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const sessions = granted(await listSessions(ctx, {}))
  const { slug, timeZone } = ctx.workspace
  return (
    <Section
      title="Your sessions"
      description="Where you are signed in, in all your workspaces. A session ends by itself after 30 days."
      action={sessions.length > 1 && <EndOtherSessions slug={slug} others={sessions.length - 1} />}
    >
      <SessionTable slug={slug} timeZone={timeZone} sessions={sessions} />
    </Section>
  )
}
