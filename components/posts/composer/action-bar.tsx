'use client'

import { CalendarClock, Send } from 'lucide-react'
import { useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { dollars, when } from '@/lib/core/format'
import { chosenAt, momentOf } from '@/lib/core/wall'
import { networkLabels } from '@/lib/platforms/text'
import { useDesk } from './composer-context'
import type { Judged } from './judged'
import type { Plan } from './plan'
import { SavedNote } from './saved-note'
import type { SaveState } from './use-autosave'
import type { useSending } from './use-sending'
import { whatStopsPlan, whatStopsSending, type Rights } from './what-stops-it'

type Props = {
  readonly judged: readonly Judged[]
  readonly isUploading: boolean
  readonly plan: Plan
  readonly now: number | undefined
  readonly rights: Rights
  readonly saving: SaveState
  readonly sending: ReturnType<typeof useSending>
  /** Absent for drafts. `changed` tells whether there is anything to save. */
  readonly scheduled?: { readonly changed: boolean; readonly moved: boolean; readonly onSaved: () => void } | undefined
}

/** Always in reach: whether it is saved, and the two ways out into the world. */
export function ActionBar({ judged, isUploading, plan, now, rights, saving, sending, scheduled }: Props) {
  const desk = useDesk()
  const { timeZone, chosen } = desk
  const [asking, setAsking] = useState(false)
  const stops = isUploading
    ? 'A file is still on its way. Wait until it has arrived, or stop it.'
    : whatStopsSending(desk, judged)
  const planStops = now === undefined ? 'One moment…' : whatStopsPlan(desk, plan, now)
  const why = scheduled
    ? !scheduled.changed
      ? 'Nothing has changed since it was saved.'
      : (stops ?? (scheduled.moved ? (rights.schedule ?? planStops) : undefined))
    : (rights.schedule ?? stops ?? planStops)
  const whyNotNow = rights.publish ?? stops
  const at = chosenAt(momentOf(`${plan.day}T${plan.time}`, timeZone), plan.fold)
  const price = judged.reduce((sum, { priceMicros }) => sum + (priceMicros ?? 0), 0)

  const go = () => {
    if (!scheduled) return void sending.schedule(plan, chosen.length > 1)
    void sending.change(scheduled.moved ? plan : undefined).then((done) => done && scheduled.onSaved())
  }
  const verb = scheduled ? 'Save changes' : plan.kind === 'next_slot' ? 'Schedule for the next slot' : 'Schedule'
  useShortcut(
    { keys: 'mod+enter', label: verb, group: 'Composer' },
    go,
    why !== undefined || sending.busy !== undefined,
  )
  useShortcut(
    { keys: 'mod+shift+enter', label: 'Publish now', group: 'Composer' },
    () => setAsking(true),
    whyNotNow !== undefined || sending.busy !== undefined,
  )

  return (
    <section
      data-page-bar
      aria-label="Save and send"
      className="sticky bottom-(--tab-bar) z-(--z-sticky) -mx-4 flex flex-wrap items-center gap-x-3 gap-y-2 border-t bg-canvas px-4 py-2.5 md:-mx-6 md:px-6 lg:mx-0 lg:px-0"
    >
      <div className="flex min-w-0 flex-1 basis-40 flex-col">
        <SavedNote state={saving} timeZone={timeZone} auto={!scheduled} />
        {rights.schedule && <p className="text-meta text-pretty text-text-2">{rights.schedule}</p>}
      </div>
      <div className="flex min-w-0 flex-auto items-center justify-end gap-2 sm:flex-none">
        <Button
          icon={<Send aria-hidden />}
          busy={sending.busy === 'publish'}
          disabledReason={whyNotNow}
          shortcut="mod+shift+enter"
          onClick={() => setAsking(true)}
        >
          Publish now
        </Button>
        <Button
          variant="primary"
          icon={<CalendarClock aria-hidden />}
          busy={sending.busy === 'schedule' || sending.busy === 'save'}
          disabledReason={why}
          shortcut="mod+enter"
          onClick={go}
          className="min-w-0"
        >
          <span className="truncate text-left">
            {verb}
            {!scheduled && plan.kind === 'at' && at && (
              // On a phone below it, where both buttons stand in one row.
              <span className="max-sm:block max-sm:text-meta max-sm:leading-4">
                {' '}
                for {when(at, timeZone, 'EEE d MMM, HH:mm')}
              </span>
            )}
          </span>
        </Button>
      </div>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Publish now to ${chosen.length === 1 ? 'this account' : `these ${chosen.length} accounts`}?`}
        description={
          <>
            {chosen.map(({ platform, handle }) => `${networkLabels[platform]} ${handle}`).join(', ')}. What is published
            can be deleted, but people may have seen it.
            {price > 0 && ` It costs ${dollars(price)}.`}
          </>
        }
        confirm="Publish now"
        onConfirm={sending.publish}
      />
    </section>
  )
}
