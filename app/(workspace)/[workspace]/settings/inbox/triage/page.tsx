import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { TriageForm } from '@/components/routing/triage-form'
import { Section } from '@/components/ui/page'
import { getTriage } from '@/lib/inbox'
import { may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Priority and lead score' }

export default async function TriagePage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const triage = granted(await getTriage(ctx, {}))
  return (
    <Section
      title="Priority and lead score"
      description="Every reason and its weight. Points are added up; each message shows which of them made its priority."
    >
      <TriageForm slug={ctx.workspace.slug} triage={triage} mayManage={may(ctx.role, 'inbox.manage')} />
    </Section>
  )
}
