'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import type { ReactElement } from 'react'
import { useFieldArray, useForm, useFormState } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { Problems } from '@/components/ui/field'
import { FormField } from '@/components/ui/form'
import { Select } from '@/components/ui/select'
import { TimeZoneInput } from '@/components/workspace/time-zone-input'
import { saveCalendarAction } from '@/lib/routing/actions'
import { SaveCalendar, type CalendarCard } from '@/lib/routing/schema'
import { TextField } from './fields'
import { SaveDialog } from './save-dialog'

export const weekDays = [
  { value: '1', label: 'Monday' },
  { value: '2', label: 'Tuesday' },
  { value: '3', label: 'Wednesday' },
  { value: '4', label: 'Thursday' },
  { value: '5', label: 'Friday' },
  { value: '6', label: 'Saturday' },
  { value: '7', label: 'Sunday' },
] as const
type WeekDay = (typeof weekDays)[number]['value']

const officeHours = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }))

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly calendar?: CalendarCard
  readonly trigger: ReactElement
}

export function CalendarDialog({ slug, timeZone, calendar, trigger }: Props) {
  const form = useForm({
    resolver: zodResolver(SaveCalendar),
    values: calendar ?? { name: '', timeZone, week: officeHours, holidays: [] },
  })
  const week = useFieldArray({ control: form.control, name: 'week' })
  const holidays = useFieldArray({ control: form.control, name: 'holidays' })
  const { errors } = useFormState({ control: form.control })
  const overlap = errors.week?.root?.message ?? errors.week?.message
  return (
    <SaveDialog
      form={form}
      trigger={trigger}
      title={calendar ? `Change “${calendar.name}”` : 'New business hours'}
      description="Promises are counted in these hours, those that run already, too. What was told as late stays late."
      submit={calendar ? 'Save hours' : 'Create hours'}
      saved="Business hours saved"
      save={(given) => saveCalendarAction(slug, given)}
    >
      <TextField name="name" label="Name" />
      <FormField name="timeZone" label="Time zone">
        {(field) => <TimeZoneInput {...field} />}
      </FormField>
      <h3 className="text-body">Hours</h3>
      {week.fields.map((row, n) => (
        <div key={row.id} className="flex flex-wrap items-start gap-2">
          <FormField name={`week.${n}.day`} label="Day" labelHidden className="w-32">
            {({ value, onChange, onBlur }) => (
              <Select
                options={weekDays}
                // The form's values are those of SaveCalendar: 1 to 7.
                value={`${value as number}` as WeekDay}
                onChange={(day) => onChange(Number(day))}
                onBlur={onBlur}
              />
            )}
          </FormField>
          <TextField name={`week.${n}.from`} label="From" labelHidden type="time" className="w-28" />
          <TextField name={`week.${n}.to`} label="To" labelHidden className="w-20" />
          <Button size="small" variant="ghost" aria-label={`Remove hours ${n + 1}`} onClick={() => week.remove(n)}>
            Remove
          </Button>
        </div>
      ))}
      <Problems problems={overlap ? [overlap] : []} />
      <Button className="self-start" onClick={() => week.append({ day: 1, from: '13:00', to: '17:00' })}>
        Add hours
      </Button>
      <h3 className="text-body">Holidays</h3>
      {holidays.fields.map((row, n) => (
        <div key={row.id} className="flex flex-wrap items-end gap-2">
          <TextField name={`holidays.${n}.date`} label="Day" type="date" />
          <TextField name={`holidays.${n}.name`} label="Called" className="flex-1" />
          <Button
            size="small"
            variant="ghost"
            aria-label={`Remove holiday ${n + 1}`}
            onClick={() => holidays.remove(n)}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button className="self-start" onClick={() => holidays.append({ date: '', name: '' })}>
        Add a holiday
      </Button>
    </SaveDialog>
  )
}
