import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { BudgetPanel } from '@/components/ai/budget-panel'
import { KnowledgeList } from '@/components/ai/knowledge-list'
import { PolicyList } from '@/components/ai/policy-list'
import { ProviderForm } from '@/components/ai/provider-form'
import { VoiceForm } from '@/components/ai/voice-form'
import { getAiSettings, getBrandVoice, listKnowledge } from '@/lib/ai'
import { getBudget, listAiCalls } from '@/lib/billing'
import { listAiPolicies } from '@/lib/inbox'
import { listTeams } from '@/lib/routing'
import { everyMember, may, type Ctx } from '@/lib/workspace'

export const metadata: Metadata = { title: 'AI settings' }

export default async function AiSettingsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const { slug } = ctx.workspace
  const [budget, calls] = await Promise.all([getBudget(ctx, {}), listAiCalls(ctx, {})])
  return (
    <div className="flex flex-col gap-12">
      <BudgetPanel
        slug={slug}
        budget={granted(budget)}
        calls={granted(calls)}
        maySet={may(ctx.role, 'budget.manage')}
      />
      {may(ctx.role, 'ai.manage') && (await setUp(ctx))}
    </div>
  )
}

async function setUp(ctx: Ctx) {
  const { slug, timeZone } = ctx.workspace
  const [settings, policies, voice, entries, teams, members] = await Promise.all([
    getAiSettings(ctx, {}),
    listAiPolicies(ctx, {}),
    getBrandVoice(ctx, {}),
    listKnowledge(ctx, {}),
    listTeams(ctx, {}),
    everyMember(ctx, {}),
  ])
  const receivers = [
    ...granted(teams).map(({ id, name }) => ({ value: `team:${id}`, label: `Team ${name}` })),
    ...granted(members).map(({ id, name }) => ({ value: `member:${id}`, label: name })),
  ]
  return (
    <>
      <ProviderForm slug={slug} settings={granted(settings)} />
      <PolicyList slug={slug} policies={granted(policies)} receivers={receivers} timeZone={timeZone} />
      <KnowledgeList slug={slug} entries={granted(entries)} />
      <VoiceForm slug={slug} voice={granted(voice)} />
    </>
  )
}
