'use client'

import { ToggleGroup } from 'radix-ui'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { NextDates } from './next-dates-note'
import { ruleOf, weekdayOf, weekdays, type Plan, type Repeat, type Weekday } from './plan'

const names: Readonly<Record<Weekday, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}

type Props = { readonly plan: Plan; readonly onChange: (plan: Plan) => void }

/** Whether a post comes again, and until when; with its first dates in words. */
export function RepeatFields({ plan, onChange }: Props) {
  const { repeat, day, time } = plan
  const set = (change: Partial<Repeat>) => onChange({ ...plan, repeat: { ...repeat, ...change } })
  const rule = ruleOf(plan)
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3 sm:max-w-90">
        <Field label="Repeats">
          <Select
            value={repeat.every}
            options={[
              { value: 'never', label: 'Does not repeat' },
              { value: 'day', label: 'Every day' },
              { value: 'week', label: 'Every week' },
              { value: 'month', label: 'Every month' },
            ]}
            onChange={(every) => set({ every })}
          />
        </Field>
        {rule && (
          <Field label="Ends">
            <Select
              value={repeat.ends}
              options={[
                { value: 'never', label: 'Never' },
                { value: 'on', label: 'On a day' },
                { value: 'after', label: 'After some times' },
              ]}
              onChange={(ends) => set({ ends })}
            />
          </Field>
        )}
      </div>
      {repeat.every === 'week' && (
        <ToggleGroup.Root
          type="multiple"
          aria-label="On these days"
          value={repeat.on.length > 0 ? [...repeat.on] : [weekdayOf(day)]}
          // Radix speaks of strings; every value it gives back is one of ours.
          onValueChange={(on) => on.length > 0 && set({ on: on as Weekday[] })}
          className="flex flex-wrap gap-1"
        >
          {weekdays.map((weekday) => (
            <ToggleGroup.Item
              key={weekday}
              value={weekday}
              className="h-control min-w-10 rounded-control border border-line-strong/60 px-2 text-table text-text-2 transition-colors hover:bg-hover data-[state=on]:border-accent data-[state=on]:bg-selected data-[state=on]:text-text touch:min-w-11"
            >
              <span aria-hidden>{names[weekday].slice(0, 2)}</span>
              <span className="sr-only">{names[weekday]}</span>
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      )}
      {rule && repeat.ends === 'on' && (
        <Field label="Last day" className="sm:max-w-44">
          <Input type="date" min={day} value={repeat.until} onChange={(event) => set({ until: event.target.value })} />
        </Field>
      )}
      {rule && repeat.ends === 'after' && (
        <Field label="How many posts in all" className="sm:max-w-44">
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={500}
            value={repeat.count}
            onChange={(event) =>
              set({ count: Math.min(500, Math.max(1, Math.round(Number(event.target.value)) || 1)) })
            }
          />
        </Field>
      )}
      {rule && <NextDates rule={rule} start={`${day}T${time}`} />}
    </div>
  )
}
