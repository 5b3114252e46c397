'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Submit } from '@/components/workspace/submit'
import { useAct } from '@/components/workspace/use-act'
import { setBudgetAction } from '@/lib/billing/actions'
import type { BudgetView } from '@/lib/billing/schema'

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
  const act = useAct()
  const own = (feature: 'draft' | 'triage') =>
    asText(budget.features.find((one) => one.feature === feature)?.limitMicros)
  const form = useForm({
    resolver: zodResolver(Limits),
    values: { limitDollars: asText(budget.limitMicros), draft: own('draft'), triage: own('triage') },
  })
  return (
    <Form
      form={form}
      onSubmit={async ({ limitDollars, draft, triage }) => {
        const wishes = [
          { limitDollars },
          { feature: 'draft' as const, limitDollars: draft === '' ? null : draft },
          { feature: 'triage' as const, limitDollars: triage === '' ? null : triage },
        ]
        for (const wish of wishes) {
          const set = await act(setBudgetAction(slug, wish), 'Budget saved')
          if (!set.ok) return showFailure(form, set.error)
        }
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
