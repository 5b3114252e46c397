'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import { setBudgetAction } from '@/lib/billing/actions'
import { aiFeatures, type AiFeature, type BudgetView } from '@/lib/billing/schema'

const amount = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, 'Enter an amount in US dollars, like 10')
const Limits = z.object({
  limitDollars: amount,
  draft: z.union([z.literal(''), amount]),
  triage: z.union([z.literal(''), amount]),
})

const asText = (micros: number | null | undefined): string =>
  micros === null || micros === undefined ? '' : String(micros / 1_000_000)

/** Sets what AI may cost in a month, together and by purpose. */
export function BudgetForm({ slug, budget }: { readonly slug: string; readonly budget: BudgetView }) {
  const router = useRouter()
  const own = (feature: AiFeature) => asText(budget.features.find((one) => one.feature === feature)?.limitMicros)
  const form = useForm({
    resolver: zodResolver(Limits),
    values: { limitDollars: asText(budget.limitMicros), draft: own('draft'), triage: own('triage') },
  })
  return (
    <Form
      form={form}
      onSubmit={async ({ limitDollars, ...own }) => {
        const ofFeatures = aiFeatures.map((feature) => ({ feature, limitDollars: own[feature] || null }))
        for (const wish of [{ limitDollars }, ...ofFeatures]) {
          const set = await answerOf(setBudgetAction(slug, wish))
          if (!set.ok) return showFailure(form, set.error)
        }
        toast.done('Budget saved')
        router.refresh()
      }}
    >
      <FormProblem />
      <FormField
        name="limitDollars"
        label="Limit for a month"
        hint="In US dollars. 0 stops all calls; drafts are templates then."
      >
        {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
      </FormField>
      <FormField name="draft" label="Of which for drafting answers" optional>
        {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
      </FormField>
      <FormField name="triage" label="Of which for reading messages" optional>
        {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
      </FormField>
      <Submit className="self-start">Save budget</Submit>
    </Form>
  )
}
