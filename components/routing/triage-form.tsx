'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Form, FormProblem, showFailure } from '@/components/ui/form'
import { Submit } from '@/components/workspace/submit'
import { useAct } from '@/components/workspace/use-act'
import { saveTriageAction } from '@/lib/inbox/actions'
import { messageIntents, SaveTriage, type TriageFactors } from '@/lib/inbox/schema'
import { kindOptions, sayIntent } from './choices'
import { NumberField } from './fields'

type Props = {
  readonly slug: string
  readonly triage: SaveTriage & { readonly defaults: TriageFactors }
  readonly mayManage: boolean
}

const points = { min: -100, max: 100 }
const grid = 'grid grid-cols-2 gap-4 sm:grid-cols-3'

/** With a field for every intent and kind, also for those that weigh nothing yet. */
const filled = (factors: TriageFactors): TriageFactors => ({
  ...factors,
  intents: { ...Object.fromEntries(messageIntents.map((intent) => [intent, 0])), ...factors.intents },
  kinds: { ...Object.fromEntries(kindOptions.map(({ value }) => [value, 0])), ...factors.kinds },
  lead: {
    ...Object.fromEntries([...messageIntents, 'influential', 'known'].map((name) => [name, 0])),
    ...factors.lead,
  },
})

export function TriageForm({ slug, triage: { factors, undoSeconds, defaults }, mayManage }: Props) {
  const form = useForm({
    resolver: zodResolver(SaveTriage),
    defaultValues: { factors: filled(factors), undoSeconds },
    disabled: !mayManage,
  })
  const act = useAct()
  return (
    <Form
      form={form}
      className="gap-6"
      onSubmit={async (given) => {
        const saved = await act(saveTriageAction(slug, given), 'Saved. It holds from the next message on')
        if (saved.ok) form.reset(given)
        else showFailure(form, saved.error)
      }}
    >
      <FormProblem />
      {!mayManage && <Callout>Owners, admins and managers can change these.</Callout>}
      <div className={grid}>
        <NumberField
          name="factors.base"
          label="Everything begins with"
          hint="Priority runs from 1 to 100."
          min={1}
          max={100}
        />
        <NumberField name="undoSeconds" label="Undo a reply for" hint="Seconds" min={0} max={120} />
      </div>
      <h3 className="text-body">Words</h3>
      <div className={grid}>
        <NumberField
          name="factors.veryNegativeBelow"
          label="Very negative below"
          hint="Sentiment, −1 to 1"
          min={-1}
          max={1}
          step={0.05}
        />
        <NumberField name="factors.veryNegative" label="Very negative words" {...points} />
        <NumberField name="factors.toxic" label="Offensive words" {...points} />
        <NumberField
          name="factors.veryPositiveAbove"
          label="Very positive above"
          hint="Sentiment, −1 to 1"
          min={-1}
          max={1}
          step={0.05}
        />
        <NumberField name="factors.veryPositive" label="Very positive words" {...points} />
        <NumberField
          name="factors.lowRating"
          label="Bad review"
          hint="A rating of 1 or 2, or not recommended"
          {...points}
        />
      </div>
      <h3 className="text-body">What it looks like</h3>
      <div className={grid}>
        {messageIntents.map((intent) => (
          <NumberField key={intent} name={`factors.intents.${intent}`} label={sayIntent(intent)} {...points} />
        ))}
      </div>
      <h3 className="text-body">What it is</h3>
      <div className={grid}>
        {kindOptions.map(({ value, label }) => (
          <NumberField key={value} name={`factors.kinds.${value}`} label={label} {...points} />
        ))}
      </div>
      <h3 className="text-body">Who says it</h3>
      <div className={grid}>
        <NumberField name="factors.influentialFollowers" label="Influential from" hint="Followers" min={0} />
        <NumberField name="factors.influential" label="Influential" {...points} />
      </div>
      <h3 className="text-body">Lead score, 0 to 100</h3>
      <div className={grid}>
        {messageIntents.map((intent) => (
          <NumberField
            key={intent}
            name={`factors.lead.${intent}`}
            label={`As a lead: ${sayIntent(intent).toLowerCase()}`}
            {...points}
          />
        ))}
        <NumberField name="factors.lead.influential" label="As a lead: influential" {...points} />
        <NumberField name="factors.lead.known" label="As a lead: a lead already" {...points} />
      </div>
      {mayManage && (
        <div className="flex flex-wrap gap-3">
          <Submit>Save weights</Submit>
          <Button onClick={() => form.setValue('factors', filled(defaults), { shouldDirty: true })}>
            Put the usual weights in
          </Button>
        </div>
      )}
    </Form>
  )
}
