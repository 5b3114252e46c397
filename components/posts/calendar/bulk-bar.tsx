'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import type { Result } from '@/lib/core/result'
import { deletePostsAction, publishPostsNowAction, reschedulePostsAction } from '@/lib/posts/actions'
import type { BulkOutcome } from '@/lib/posts/schema'
import { CalendarArrowUp, Send, Trash2, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { Rights } from './rights'
import { answerOf } from '@/components/workspace/answer-of'

type Props = {
  readonly workspace: string
  readonly selected: ReadonlySet<string>
  readonly rights: Rights
  /** `left` are those that could not be changed: they stay selected. */
  readonly onDone: (left: readonly string[]) => void
  readonly onClear: () => void
}

const unitMinutes = { hours: 60, days: 1_440, weeks: 10_080 } as const
type Unit = keyof typeof unitMinutes
/** What became of some and why not of others takes longer to read than a few words. */
const readingMs = 20_000

const posts = (count: number) => `${count} ${count === 1 ? 'post' : 'posts'}`

/** What can be done with several posts at once. One that cannot be changed stops none of the others. */
export function BulkBar({ workspace, selected, rights, onDone, onClear }: Props) {
  const [asking, setAsking] = useState<'move' | 'publish' | 'delete'>()
  const postIds = [...selected]
  const none = postIds.length === 0 ? 'Select some posts first.' : undefined
  const close = () => setAsking(undefined)

  /** @returns whether it was carried out, be it in part. */
  async function carryOut(
    done: string,
    work: Promise<Result<BulkOutcome>>,
    undo?: (ids: readonly string[]) => Promise<void>,
  ) {
    const result = await answerOf(work)
    if (!result.ok) {
      toast.failed(result.error.message)
      return false
    }
    const { done: changed, failed } = result.value
    onDone(failed.map(({ postId }) => postId))
    const [first] = failed
    const left = first ? [`${posts(failed.length)} stayed as before. ${first.error.message}`] : []
    // Together, for a second piece of news would stand on the first and its Undo.
    const news = [`${posts(changed.length)} ${done}`, ...left].join('. ')
    if (changed.length === 0) left.forEach((why) => toast.failed(why))
    else if (undo) toast.undo(news, () => undo(changed), left.length > 0 ? readingMs : undefined)
    else toast.done(news)
    return true
  }

  const shift = (shiftMinutes: number, ids: readonly string[] = postIds): Promise<boolean> =>
    carryOut('moved', reschedulePostsAction(workspace, { postIds: [...ids], shiftMinutes }), async (moved) => {
      const back = await answerOf(
        reschedulePostsAction(workspace, { postIds: [...moved], shiftMinutes: -shiftMinutes }),
      )
      onDone([])
      if (!back.ok) toast.failed(back.error.message)
      else if (back.value.failed[0]) toast.failed(back.value.failed[0].error.message)
      else toast.done(`${posts(moved.length)} back where they were`)
    })

  return (
    <section
      aria-label="Selected posts"
      className="fixed inset-x-3 bottom-[calc(var(--tab-bar)+0.75rem)] z-(--z-nav) mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card bg-surface p-2 shadow-float"
    >
      <output className="px-2 text-table font-medium tabular-nums">
        {none ? 'Press posts to select them' : `${postIds.length} selected`}
      </output>
      <Button
        icon={<CalendarArrowUp aria-hidden />}
        disabledReason={none ?? (rights.move ? undefined : 'Your role may not move posts.')}
        onClick={() => setAsking('move')}
      >
        Move by…
      </Button>
      <Button
        icon={<Send aria-hidden />}
        disabledReason={none ?? (rights.publish ? undefined : 'Your role may not publish.')}
        onClick={() => setAsking('publish')}
      >
        Publish now…
      </Button>
      <Button
        icon={<Trash2 aria-hidden />}
        disabledReason={none ?? (rights.delete ? undefined : 'Only owners and admins may delete posts.')}
        onClick={() => setAsking('delete')}
      >
        Delete…
      </Button>
      <IconButton label="Stop selecting" icon={<X />} onClick={onClear} />
      {asking === 'move' && <ShiftDialog count={postIds.length} onShift={shift} onClose={close} />}
      <AlertDialog
        open={asking === 'publish'}
        onOpenChange={close}
        title={`Publish ${posts(postIds.length)} now?`}
        description="They go out within seconds, to all of their accounts. What is out cannot be taken back from everyone who saw it."
        confirm="Publish now"
        onConfirm={async () => void (await carryOut('on the way', publishPostsNowAction(workspace, { postIds })))}
      />
      <AlertDialog
        open={asking === 'delete'}
        onOpenChange={close}
        title={`Delete ${posts(postIds.length)}?`}
        description="They will not be sent, and their texts are gone. What is published stays at the networks."
        confirm="Delete"
        onConfirm={async () => void (await carryOut('deleted', deletePostsAction(workspace, { postIds })))}
      />
    </section>
  )
}

type ShiftProps = {
  readonly count: number
  readonly onShift: (minutes: number) => Promise<boolean>
  readonly onClose: () => void
}

function ShiftDialog({ count, onShift, onClose }: ShiftProps) {
  const [amount, setAmount] = useState('1')
  const [unit, setUnit] = useState<Unit>('days')
  const [direction, setDirection] = useState<'later' | 'earlier'>('later')
  const [busy, setBusy] = useState(false)
  const form = useId()
  const number = Number(amount)
  const isSound = Number.isInteger(number) && number > 0 && number * unitMinutes[unit] <= 525_600

  async function shift() {
    if (!isSound) return
    setBusy(true)
    const done = await onShift(number * unitMinutes[unit] * (direction === 'later' ? 1 : -1))
    setBusy(false)
    if (done) onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={`Move ${posts(count)}`}
      description="Each keeps its time of day: 09:00 moved by a day is 09:00, also when clocks change."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            Move
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void shift()
        }}
        className="grid grid-cols-[5rem_1fr_1fr] items-start gap-3"
      >
        <Field label="By" problems={isSound ? [] : ['Between 1 hour and 365 days.']} className="col-span-1">
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={8_760}
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        </Field>
        <Field label="Unit">
          <Select
            value={unit}
            onChange={setUnit}
            options={[
              { value: 'hours', label: 'Hours' },
              { value: 'days', label: 'Days' },
              { value: 'weeks', label: 'Weeks' },
            ]}
          />
        </Field>
        <Field label="Direction">
          <Select
            value={direction}
            onChange={setDirection}
            options={[
              { value: 'later', label: 'Later' },
              { value: 'earlier', label: 'Earlier' },
            ]}
          />
        </Field>
      </form>
    </Dialog>
  )
}
