import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { LabelList, NewLabel } from '@/components/routing/label-list'
import { Section } from '@/components/ui/page'
import { listLabels } from '@/lib/routing'
import { may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Labels' }

export default async function LabelsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const labels = granted(await listLabels(ctx, {}))
  const { slug } = ctx.workspace
  const mayManage = may(ctx.role, 'inbox.manage')
  return (
    <Section
      title="Labels"
      description="Words on conversations, to find them again and to count them."
      action={mayManage && labels.length > 0 && <NewLabel slug={slug} />}
    >
      <LabelList slug={slug} labels={labels} mayManage={mayManage} />
    </Section>
  )
}
