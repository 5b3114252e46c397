'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NetworkGlyph } from '@/components/ui/network-glyph'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'
import { when } from '@/lib/core/format'
import { chosenAt, momentOf } from '@/lib/core/wall'
import { farthestDay, farthestMs, type PostCheck } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import type { Plan } from './plan'
import { RepeatFields } from './repeat-fields'

type Props = {
  readonly plan: Plan
  readonly onChange: (plan: Plan) => void
  /** Undefined while the page wakes up: the past depends on the browser's clock. */
  readonly now: number | undefined
  /** A post that is scheduled already may move, but not begin a series or queue again here. */
  readonly isScheduled: boolean
  /** Which slot each account would get; empty until the server said so. */
  readonly slots: PostCheck['slots']
}

/** When it goes out: a time on the workspace's clock, or the next free slot; and whether it comes again. */
export function WhenFields({ plan, onChange, now, isScheduled, slots }: Props) {
  const { chosen, timeZone, workspace } = useDesk()
  const without = chosen.filter(({ hasSlots }) => !hasSlots)
  const zone = timeZone.replaceAll('_', ' ')
  return (
    <div className="flex flex-col gap-3">
      {!isScheduled && (
        <SegmentedControl
          label="When"
          value={plan.kind}
          segments={[
            { value: 'at', label: 'At a time' },
            { value: 'next_slot', label: 'Next free slot' },
          ]}
          onChange={(kind) => onChange({ ...plan, kind })}
          className="self-start"
        />
      )}
      {plan.kind === 'at' ? (
        <>
          <TimeFields plan={plan} onChange={onChange} now={now} />
          {!isScheduled && <RepeatFields plan={plan} onChange={onChange} />}
        </>
      ) : (
        <div className="text-table text-text-2">
          Each account takes its own next free time of the week, on the clock of {zone}.
          <SlotList slots={slots} />
          {without.length > 0 && (
            <span className="block pt-1 text-danger-text">
              {without.map(({ id, handle }, place) => (
                <span key={id}>
                  {place > 0 && ', '}
                  <TextLink href={paths.account(workspace, id)}>{handle}</TextLink>
                </span>
              ))}{' '}
              {without.length === 1 ? 'has' : 'have'} no slots yet. Set them on the account’s page, or choose a time.
            </span>
          )}
        </div>
      )}
    </div>
  )
}

/** The slots that are free as things stand: whoever schedules first gets one. */
function SlotList({ slots }: Pick<Props, 'slots'>) {
  const { chosen, timeZone } = useDesk()
  const found = chosen.flatMap((account) => {
    const slot = slots.find(({ accountId }) => accountId === account.id)
    return slot ? [{ ...account, at: slot.at }] : []
  })
  if (found.length === 0) return null
  return (
    <ul aria-label="Next free slots" className="flex flex-col gap-1 pt-2">
      {found.map(({ id, platform, handle, at }) => (
        <li key={id} className="flex items-center gap-2">
          <NetworkGlyph network={platform} />
          <span className="min-w-0 truncate">{handle}</span>
          <span className="shrink-0 font-medium text-text tabular-nums">
            {when(new Date(at), timeZone, 'EEE d MMM, HH:mm')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function TimeFields({ plan, onChange, now }: Omit<Props, 'isScheduled' | 'slots'>) {
  const { timeZone } = useDesk()
  const zone = timeZone.replaceAll('_', ' ')
  const moment = momentOf(`${plan.day}T${plan.time}`, timeZone)
  const at = chosenAt(moment, plan.fold)
  const problems = [
    ...(moment?.kind === 'never'
      ? [`Clocks skip ${plan.time} on this day in ${zone}. Choose ${moment.next}, or another time.`]
      : []),
    ...(now !== undefined && at && at.getTime() <= now
      ? ['This time has passed. Choose a later one, or publish now.']
      : []),
    ...(now !== undefined && at && at.getTime() > now + farthestMs
      ? ['This is more than ten years ahead. Choose an earlier day.']
      : []),
  ]
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-3 sm:max-w-90">
        <Field label="Date">
          <Input
            type="date"
            value={plan.day}
            max={now === undefined ? undefined : farthestDay(now)}
            onChange={(event) => onChange({ ...plan, day: event.target.value })}
          />
        </Field>
        <Field label="Time" problems={problems}>
          <Input type="time" value={plan.time} onChange={(event) => onChange({ ...plan, time: event.target.value })} />
        </Field>
      </div>
      <p className="text-meta text-text-3">On the clock of {zone}, this workspace’s time zone.</p>
      {moment?.kind === 'twice' && (
        <div className="flex flex-col gap-1.5">
          <p className="text-table text-text-2">Clocks go back on this day, so {plan.time} comes twice. Which one?</p>
          <SegmentedControl
            label="Which of the two"
            value={plan.fold}
            segments={[
              { value: 'earlier', label: `The first, ${moment.earlier.name}` },
              { value: 'later', label: `The second, ${moment.later.name}` },
            ]}
            onChange={(fold) => onChange({ ...plan, fold })}
            className="self-start"
          />
        </div>
      )}
    </div>
  )
}
