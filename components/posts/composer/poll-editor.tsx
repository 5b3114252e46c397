'use client'

import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { type PollLimits, limitsOf, type PostContent } from '@/lib/posts/schema'
import { openFor } from '../poll-answers'
import { useDesk } from './composer-context'
import { everyone, optionsOf, wordsIn, write, type Draft } from './draft'
import type { Desk } from './composer-context'

type Poll = NonNullable<PostContent['poll']>
const hour = 60
const day = 24 * hour
export const newPoll: Poll = { options: ['', ''], minutes: day, multiple: false }

/** What the networks that are written for allow in a poll; those that have none are left out. */
export const pollLimitsOf = ({ chosen, scope }: Pick<Desk, 'chosen' | 'scope'>, draft: Draft): readonly PollLimits[] =>
  chosen
    .filter(({ id }) => scope === everyone || id === scope)
    .flatMap((account) => limitsOf(account, optionsOf(draft, account.id)).poll ?? [])

const usual = [hour, 6 * hour, 12 * hour, day, 2 * day, 3 * day, 7 * day, 14 * day]

/** The durations that every one of the networks takes, and the one that is chosen. */
function durationsFor(limits: readonly PollLimits[], chosen: number): readonly number[] {
  const offered = [...new Set([...usual, ...limits.flatMap(({ durations }) => durations ?? [])])].filter((minutes) =>
    limits.every(({ durations, minutes: range }) =>
      durations ? durations.includes(minutes) : minutes >= range.min && minutes <= range.max,
    ),
  )
  return [...new Set([...offered, chosen])].toSorted((a, b) => a - b)
}

/** A question to readers: its answers, how long it is open, and whether several may be chosen. */
export function PollEditor({ onClose }: { readonly onClose: () => void }) {
  const desk = useDesk()
  const { draft, scope, edit } = desk
  const poll = wordsIn(draft, scope).poll ?? newPoll
  const limits = pollLimitsOf(desk, draft)
  const most = Math.min(...limits.map(({ options }) => options.max), 20)
  const set = (change: Partial<Poll>) => edit((draft) => write(draft, scope, { poll: { ...poll, ...change } }))
  return (
    <fieldset className="flex flex-col gap-3 border-t px-3 py-3">
      <div className="flex items-baseline justify-between gap-2">
        <legend className="contents text-table font-medium">Poll</legend>
        <IconButton
          size="small"
          label="Remove the poll"
          icon={<X />}
          onClick={() => {
            edit((draft) => write(draft, scope, { poll: undefined }))
            onClose()
          }}
        />
      </div>
      <ol className="flex flex-col gap-2">
        {poll.options.map((option, place) => (
          // Answers are told apart by their places alone.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place} className="flex items-center gap-2">
            <Input
              aria-label={`Answer ${place + 1}`}
              placeholder={`Answer ${place + 1}`}
              autoComplete="off"
              maxLength={200}
              value={option}
              onChange={(event) =>
                set({ options: poll.options.map((one, index) => (index === place ? event.target.value : one)) })
              }
            />
            {poll.options.length > 2 && (
              <IconButton
                size="small"
                label={`Remove answer ${place + 1}`}
                icon={<X />}
                onClick={() => set({ options: poll.options.filter((_, index) => index !== place) })}
              />
            )}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        {poll.options.length < most && (
          <Button size="small" icon={<Plus aria-hidden />} onClick={() => set({ options: [...poll.options, ''] })}>
            Add an answer
          </Button>
        )}
        <Field label="Open for" className="w-36">
          <Select
            value={String(poll.minutes)}
            options={durationsFor(limits, poll.minutes).map((minutes) => ({
              value: String(minutes),
              label: openFor(minutes),
            }))}
            onChange={(minutes) => set({ minutes: Number(minutes) })}
          />
        </Field>
        {(poll.multiple || limits.some(({ multiple }) => multiple)) && (
          <Field label="Readers may choose several" inline className="pb-1.5">
            <Checkbox checked={poll.multiple} onCheckedChange={(multiple) => set({ multiple: multiple === true })} />
          </Field>
        )}
      </div>
    </fieldset>
  )
}
