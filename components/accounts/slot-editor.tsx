'use client'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { setSlotsAction } from '@/lib/posts/actions'
import type { Slot } from '@/lib/posts/schema'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { dayNames, daysOf, keyOf, timeOf, weekdays, withSlots, type DayChoice } from './slots'

type Props = {
  readonly slug: string
  readonly accountId: string
  readonly timeZone: string
  readonly weekStartsOn: number
  readonly slots: readonly Slot[]
  readonly refusal?: string | undefined
}

/** The times of the week an account likes to post at. Each change is kept at once; a removal can be taken back. */
export function SlotEditor({ slug, accountId, timeZone, weekStartsOn, slots: kept, refusal }: Props) {
  const [slots, setSlots] = useState(kept)
  const [days, setDays] = useState<DayChoice>('weekdays')
  const [time, setTime] = useState('09:00')
  const [busy, setBusy] = useState(false)

  async function keep(next: readonly Slot[], undo?: string) {
    const before = slots
    setSlots(next)
    setBusy(true)
    const saved = await answerOf(setSlotsAction(slug, { accountId, slots: [...next] }))
    setBusy(false)
    if (!saved.ok) {
      setSlots(before)
      toast.failed(saved.error.message)
    } else if (undo) toast.undo(undo, () => keep(before))
  }

  return (
    <div className="flex flex-col gap-4">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy && refusal === undefined && time) void keep(withSlots(slots, daysOf(days), time))
        }}
        className="flex flex-wrap items-end gap-3"
      >
        <Field label="Day" className="w-44">
          <Select
            value={days}
            onChange={setDays}
            options={[
              { value: 'every', label: 'Every day' },
              { value: 'weekdays', label: 'Monday to Friday' },
              ...weekdays(weekStartsOn).map((day) => ({ value: `${day}` as const, label: dayNames[day] })),
            ]}
          />
        </Field>
        <Field label="Time" className="w-32">
          <Input type="time" value={time} required onChange={({ target }) => setTime(target.value)} />
        </Field>
        <Button type="submit" icon={<Plus aria-hidden />} busy={busy} disabledReason={refusal}>
          Add slot
        </Button>
      </form>
      <dl aria-label="Weekly slots" className="grid grid-cols-[6.5rem_1fr] border-y text-table">
        {weekdays(weekStartsOn).map((day) => {
          const times = slots.filter(({ weekday }) => weekday === day).toSorted((a, b) => a.minute - b.minute)
          return (
            <div key={day} className="col-span-2 grid grid-cols-subgrid items-center border-b py-2 last:border-b-0">
              <dt className="font-medium">{dayNames[day]}</dt>
              <dd className="flex min-h-7 flex-wrap items-center gap-1.5">
                {times.length === 0 && <span className="text-text-3">No slot</span>}
                {times.map((slot) => (
                  <span
                    key={keyOf(slot)}
                    className="inline-flex h-7 items-center gap-0.5 rounded-control bg-sunken pl-2 tabular-nums ring-1 ring-line ring-inset touch:h-11"
                  >
                    {timeOf(slot)}
                    <button
                      type="button"
                      aria-label={`Remove ${dayNames[day]} ${timeOf(slot)}`}
                      aria-disabled={refusal !== undefined || undefined}
                      title={refusal}
                      onClick={() =>
                        refusal === undefined &&
                        !busy &&
                        void keep(
                          slots.filter((one) => keyOf(one) !== keyOf(slot)),
                          `${dayNames[day]} ${timeOf(slot)} removed`,
                        )
                      }
                      className="grid size-6 place-items-center rounded-control text-text-3 hover:text-text touch:size-11"
                    >
                      <X aria-hidden className="size-3.5" />
                    </button>
                  </span>
                ))}
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="text-meta text-text-3">
        On the clock of {timeZone.replaceAll('_', ' ')}. “Next free slot” in the composer takes the first of these that
        no other post has. Posts that are scheduled already stay where they are.
      </p>
    </div>
  )
}
