'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { updateWorkspaceAction } from '@/lib/workspace/actions'
import { UpdateWorkspace } from '@/lib/workspace/schema'
import { Submit } from './submit'
import { TimeZoneInput } from './time-zone-input'
import { useAct } from './use-act'

const weekDays = [
  { value: '1', label: 'Monday' },
  { value: '0', label: 'Sunday' },
  { value: '6', label: 'Saturday' },
] as const

type Props = {
  readonly slug: string
  readonly workspace: {
    readonly name: string
    readonly timeZone: string
    readonly weekStartsOn: number
    readonly lateAfterMinutes: number
  }
  readonly mayUpdate: boolean
}

const weekStart = (day: number): 0 | 1 | 6 => (day === 0 || day === 6 ? day : 1)

export function WorkspaceForm({ slug, workspace, mayUpdate }: Props) {
  const { name, timeZone, weekStartsOn, lateAfterMinutes } = workspace
  const form = useForm({
    resolver: zodResolver(UpdateWorkspace),
    defaultValues: { name, timeZone, weekStartsOn: weekStart(weekStartsOn), lateAfterMinutes },
  })
  const act = useAct()
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const changed = await act(updateWorkspaceAction(slug, given), 'Settings saved')
        if (changed.ok) form.reset(given)
        else showFailure(form, changed.error)
      }}
    >
      <FormProblem />
      {!mayUpdate && <Callout>Owners and admins can change these.</Callout>}
      <FormField name="name" label="Name" hint={`The address stays /${slug}, so that links keep working.`}>
        {(field) => <Input {...field} readOnly={!mayUpdate} />}
      </FormField>
      <FormField
        name="timeZone"
        label="Time zone"
        hint="The clock of the calendar. Posts that are scheduled keep their moment when you change it."
      >
        {(field) => <TimeZoneInput {...field} readOnly={!mayUpdate} />}
      </FormField>
      <FormField name="weekStartsOn" label="The week starts on">
        {({ value, onChange, onBlur }) => (
          <Select
            options={weekDays}
            value={`${value as 0 | 1 | 6}`}
            onChange={(day) => onChange(weekStart(Number(day)))}
            onBlur={onBlur}
            disabled={!mayUpdate}
          />
        )}
      </FormField>
      <FormField
        name="lateAfterMinutes"
        label="Ask before sending a post later than"
        hint="In minutes. When Posthorn was switched off at a post’s time and finds it later than this, it asks you instead of sending it."
      >
        {({ onChange, ...field }) => (
          <Input
            {...field}
            type="number"
            inputMode="numeric"
            min={1}
            max={10_080}
            readOnly={!mayUpdate}
            onChange={(event) => onChange(event.target.value === '' ? '' : event.target.valueAsNumber)}
          />
        )}
      </FormField>
      {mayUpdate && <Submit className="self-start">Save settings</Submit>}
    </Form>
  )
}
