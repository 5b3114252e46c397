import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/page'
import { AuditFilters } from '@/components/workspace/audit-filters'
import { AuditTable } from '@/components/workspace/audit-table'
import { NextPage } from '@/components/workspace/next-page'
import { listEventFilters, listEvents } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Audit trail' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

const filters = ['type', 'actor', 'from', 'to', 'after'] as const

export default async function AuditPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const given = await searchParams
  const chosen = Object.fromEntries(
    filters.flatMap((name) => (typeof given[name] === 'string' && given[name] ? [[name, given[name]] as const] : [])),
  )
  const [events, offered] = await Promise.all([listEvents(ctx, chosen), listEventFilters(ctx, {})])
  const { slug, timeZone } = ctx.workspace
  const bad = !events.ok && events.error.code === 'VALIDATION_ERROR' ? events.error.message : undefined
  const page = bad ? { rows: [], next: undefined } : granted(events)
  return (
    <Section
      title="Audit trail"
      description="Everything that changed here. It cannot be edited, and each entry is chained to the one before it: npm run audit:verify checks the chain. Words it quotes are erased with the person they belong to."
    >
      <AuditFilters {...granted(offered)} />
      {bad && <Callout tone="failed">{bad}</Callout>}
      <AuditTable rows={page.rows} workspace={slug} timeZone={timeZone} filtered={Object.keys(chosen).length > 0} />
      <NextPage name="after" next={page.next} />
    </Section>
  )
}
