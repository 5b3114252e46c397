import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { DispositionForm } from '@/components/routing/disposition-form'
import { Section } from '@/components/ui/page'
import { listDispositions } from '@/lib/routing'
import { may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Reasons for done' }

export default async function DonePage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const dispositions = granted(await listDispositions(ctx, {}))
  return (
    <Section
      title="Reasons for done"
      description="Why conversations end, in your own words: to find them again, and to see what people wanted."
    >
      <DispositionForm
        slug={ctx.workspace.slug}
        dispositions={dispositions}
        mayManage={may(ctx.role, 'inbox.manage')}
      />
    </Section>
  )
}
