'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, useFormState, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Section } from '@/components/ui/page'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { useAct } from '@/components/workspace/use-act'
import { saveAiPolicyAction } from '@/lib/inbox/actions'
import { policyModes, type AiPolicyView } from '@/lib/inbox/schema'
import { Bot } from 'lucide-react'

const Policy = z.object({
  mode: z.enum(policyModes),
  threshold: z.string(),
  delayMinutes: z.string(),
  hourlyCap: z.string(),
  quietFrom: z.string(),
  quietTo: z.string(),
  escalateTo: z.string(),
})
/** Radix has no value for nothing. */
const nobody = 'nobody'
const modes = [
  { value: 'off', label: 'Off' },
  { value: 'draft', label: 'Draft only' },
  { value: 'auto', label: 'Send when sure' },
] as const

type Choice = { readonly value: string; readonly label: string }
type Props = {
  readonly slug: string
  readonly policies: readonly AiPolicyView[]
  /** Teams and people that may get what AI leaves to a person. */
  readonly receivers: readonly Choice[]
  readonly timeZone: string
}

/** What AI may do by itself, account by account. */
export function PolicyList({ slug, policies, receivers, timeZone }: Props) {
  return (
    <Section
      title="Policy"
      description="Complaints, refunds, law, anger, reviews and whatever speaks to a machine always go to a person. A template, a draft with a problem and a draft under the threshold wait for one. What is sent by itself can be taken back until its delay is over."
    >
      {policies.length === 0 ? (
        <EmptyState icon={<Bot />} title="No accounts yet" description="Connect one to say what AI may do for it." />
      ) : (
        <ul aria-label="Policies by account" className="flex flex-col divide-y">
          {policies.map((policy) => (
            <li key={policy.accountId} className="py-4">
              <PolicyForm slug={slug} policy={policy} receivers={receivers} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function PolicyForm({
  slug,
  policy,
  receivers,
  timeZone,
}: {
  readonly slug: string
  readonly policy: AiPolicyView
  readonly receivers: readonly Choice[]
  readonly timeZone: string
}) {
  const act = useAct()
  const form = useForm({
    resolver: zodResolver(Policy),
    values: {
      mode: policy.mode,
      threshold: String(policy.threshold),
      delayMinutes: String(policy.delayMinutes),
      hourlyCap: String(policy.hourlyCap),
      quietFrom: policy.quietFrom,
      quietTo: policy.quietTo,
      escalateTo: policy.escalateTo || nobody,
    },
  })
  const { isDirty, isSubmitting } = useFormState({ control: form.control })
  const mode = useWatch({ control: form.control, name: 'mode' })
  return (
    <Form
      form={form}
      className="max-w-none gap-3"
      aria-label={`Policy of ${policy.handle}`}
      onSubmit={async ({ escalateTo, ...given }) => {
        const to = escalateTo === nobody ? '' : escalateTo
        const saved = await act(
          saveAiPolicyAction(slug, { accountId: policy.accountId, ...given, escalateTo: to }),
          `The policy of ${policy.handle} is saved`,
        )
        if (!saved.ok) showFailure(form, saved.error)
      }}
    >
      <FormProblem />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2 text-body font-medium">
          {/* The column is written from the networks there are, and each has a mark. */}
          <NetworkGlyph network={policy.platform as GlyphName} />
          <span className="truncate">{policy.handle}</span>
        </span>
        <SegmentedControl
          label={`What AI may do for ${policy.handle}`}
          value={mode}
          onChange={(chosen) => form.setValue('mode', chosen, { shouldDirty: true })}
          segments={modes}
        />
      </div>
      {mode === 'auto' && (
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-5">
          <FormField name="threshold" label="Threshold" hint="0.5 to 1.">
            {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
          </FormField>
          <FormField name="delayMinutes" label="Delay" hint="Minutes.">
            {(field) => <Input {...field} inputMode="numeric" autoComplete="off" />}
          </FormField>
          <FormField name="hourlyCap" label="At most" hint="Answers an hour.">
            {(field) => <Input {...field} inputMode="numeric" autoComplete="off" />}
          </FormField>
          <FormField name="quietFrom" label="Quiet from" optional hint={timeZone}>
            {(field) => <Input {...field} type="time" />}
          </FormField>
          <FormField name="quietTo" label="Quiet until" optional>
            {(field) => <Input {...field} type="time" />}
          </FormField>
        </div>
      )}
      {mode !== 'off' && (
        <FormField
          name="escalateTo"
          label="What AI leaves to a person goes to"
          hint="Unless somebody has it already. In a team, to who has least to do."
          className="max-w-100"
        >
          {({ value, onChange }) => (
            <Select
              value={value}
              onChange={onChange}
              options={[{ value: nobody, label: 'Nobody yet: it waits among those escalated' }, ...receivers]}
            />
          )}
        </FormField>
      )}
      {isDirty && (
        <Button type="submit" size="small" className="self-start" busy={isSubmitting}>
          Save policy
        </Button>
      )}
    </Form>
  )
}
