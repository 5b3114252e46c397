'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { AskBeforeClosing } from '@/components/ui/dialog-hold'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import { useId, useState } from 'react'
import { farthestDay } from '@/lib/posts/schema'
import { Glyphs } from './calendar-event'
import type { Shown } from './calendar-pointing'
import { todayIn, usualTimeOn } from './period'

type Props = {
  readonly card: Shown
  /** What it is to do, where that is not moving all of it. */
  readonly title?: string | undefined
  /** Where the fields begin; the post's own time when left out. */
  readonly wallTime?: string | undefined
  readonly timeZone: string
  readonly onMove: (card: Shown, wallTime: string) => Promise<Result<unknown>>
  readonly onClose: () => void
}

/** A time for a post, typed: what dragging does, for everyone. A refusal is said here, and the fields stay. */
export function MoveDialog({ card, title, wallTime, timeZone, onMove, onClose }: Props) {
  const start =
    wallTime ?? (card.publishAt ? wallOf(card.publishAt, timeZone) : usualTimeOn(todayIn(timeZone), timeZone))
  const [day, setDay] = useState(start.slice(0, 10))
  const [time, setTime] = useState(start.slice(11))
  const [lastDay] = useState(() => farthestDay(Date.now()))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const form = useId()
  const verb = card.publishAt ? 'Move' : 'Schedule'

  async function move() {
    if (!day || !time) return setProblem('Choose a date and a time.')
    setBusy(true)
    setProblem(undefined)
    const result = await onMove(card, `${day}T${time}`)
    setBusy(false)
    if (result.ok) onClose()
    else setProblem(result.error.message)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={title ?? (card.publishAt ? 'Move to…' : 'Schedule for…')}
      description={
        <span className="flex items-center gap-2">
          <Glyphs platforms={card.platforms} />
          <span className="line-clamp-1">{card.excerpt || 'No text yet'}</span>
        </span>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {verb}
          </Button>
        </>
      }
    >
      <AskBeforeClosing when={`${day}T${time}` !== start.slice(0, 16)} />
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void move()
        }}
        className="flex flex-col gap-4"
      >
        <div className="grid grid-cols-2 gap-3">
          <Field label="Date">
            <Input type="date" max={lastDay} value={day} onChange={(event) => setDay(event.target.value)} required />
          </Field>
          <Field label="Time">
            <Input type="time" value={time} onChange={(event) => setTime(event.target.value)} required />
          </Field>
        </div>
        <p className="text-meta text-text-3">
          On the clock of {timeZone.replaceAll('_', ' ')}, this workspace’s time zone.
          {card.publishAt && card.shownAt && card.shownAt !== card.publishAt && (
            <span className="block">
              Its accounts go out at different times and keep their distances: this is when the first one does.
            </span>
          )}
        </p>
        {problem && (
          <Callout tone="failed" role="alert">
            {problem}
          </Callout>
        )}
      </form>
    </Dialog>
  )
}
