'use client'

import { FormField } from '@/components/ui/form'
import { Select } from '@/components/ui/select'
import type { CalendarCard, RuleConditions } from '@/lib/routing/schema'

const any = '-'

/** Within or outside of business hours, or at any time. */
export const HoursField = ({ calendars }: { readonly calendars: readonly CalendarCard[] }) => (
  <FormField name="conditions.hours" label="It comes">
    {({ value, onChange, onBlur }) => {
      // The form's values are those of SaveRule.
      const hours = value as RuleConditions['hours']
      return (
        <Select
          options={[
            { value: any, label: 'At any time' },
            ...calendars.flatMap(({ id, name }) => [
              { value: `in ${id}`, label: `Within “${name}”` },
              { value: `out ${id}`, label: `Outside “${name}”` },
            ]),
          ]}
          value={hours ? `${hours.within ? 'in' : 'out'} ${hours.calendarId}` : any}
          onChange={(chosen) => {
            const [side, calendarId] = chosen.split(' ')
            onChange(calendarId ? { calendarId, within: side === 'in' } : undefined)
          }}
          onBlur={onBlur}
        />
      )
    }}
  </FormField>
)
