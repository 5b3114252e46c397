'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { AskBeforeClosing } from '@/components/ui/dialog-hold'
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { when } from '@/lib/core/format'
import { CalendarClock, Clock } from 'lucide-react'
import { Temporal } from 'temporal-polyfill'
import { useId, useState, type ReactNode } from 'react'
import { snoozeTimes } from './snooze-times'

type Props = {
  readonly timeZone: string
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onChoose: (until: Date) => void
  readonly trigger: ReactNode
}

/** Until when a conversation is out of the way. */
export function SnoozeMenu({ timeZone, open, onOpenChange, onChoose, trigger }: Props) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <DropdownMenu open={open} onOpenChange={onOpenChange} trigger={trigger} className="w-60">
        <Times timeZone={timeZone} onChoose={onChoose} />
        <MenuSeparator />
        <MenuItem icon={<CalendarClock aria-hidden />} onSelect={() => setAsking(true)}>
          Another time…
        </MenuItem>
      </DropdownMenu>
      {asking && <AnotherTime timeZone={timeZone} onChoose={onChoose} onClose={() => setAsking(false)} />}
    </>
  )
}

/** Drawn anew each time the menu opens. */
function Times({ timeZone, onChoose }: Pick<Props, 'timeZone' | 'onChoose'>) {
  const [times] = useState(() => snoozeTimes(new Date(), timeZone))
  return times.map(({ label, at }) => (
    <MenuItem key={label} icon={<Clock aria-hidden />} onSelect={() => onChoose(at)}>
      {label}
    </MenuItem>
  ))
}

type AnotherProps = Pick<Props, 'timeZone' | 'onChoose'> & { readonly onClose: () => void }

function AnotherTime({ timeZone, onChoose, onClose }: AnotherProps) {
  const [start] = useState(() => when(new Date(Date.now() + 86_400_000), timeZone, "yyyy-MM-dd'T'HH:mm"))
  const [wallTime, setWallTime] = useState(start)
  const [problem, setProblem] = useState<string>()
  const form = useId()

  function choose() {
    if (!wallTime) return setProblem('Choose a date and a time.')
    const until = new Date(Temporal.PlainDateTime.from(wallTime).toZonedDateTime(timeZone).epochMilliseconds)
    if (until <= new Date()) return setProblem('Choose a time in the future.')
    onChoose(until)
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title="Snooze until"
      description={`On the clock of ${timeZone.replaceAll('_', ' ')}. News from the other side brings it back sooner.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form}>
            Snooze
          </Button>
        </>
      }
    >
      <AskBeforeClosing when={wallTime !== start} />
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          choose()
        }}
      >
        <Field label="Date and time" problems={problem ? [problem] : []} required>
          <Input type="datetime-local" value={wallTime} onChange={({ target }) => setWallTime(target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
