import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { NewRule, RuleList } from '@/components/routing/rule-list'
import { Section } from '@/components/ui/page'
import { listRules } from '@/lib/routing'
import { may } from '@/lib/workspace'
import { choicesOf } from './choices'

export const metadata: Metadata = { title: 'Inbox rules' }

export default async function RulesPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [rules, choices] = await Promise.all([listRules(ctx, {}), choicesOf(ctx)])
  const { slug, timeZone } = ctx.workspace
  const mayManage = may(ctx.role, 'inbox.manage')
  const shown = granted(rules)
  return (
    <Section
      title="Rules"
      description="Rules are asked from first to last for everything that comes in, once each. Who holds a conversation keeps it; only a promise that is due or broken may take it from them."
      action={mayManage && shown.length > 0 && <NewRule slug={slug} choices={choices} />}
    >
      <RuleList slug={slug} timeZone={timeZone} rules={shown} choices={choices} mayManage={mayManage} />
    </Section>
  )
}
