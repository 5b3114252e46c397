'use client'

import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useId } from 'react'
import { read } from '@/components/shell/queries'
import { Button } from '@/components/ui/button'
import { Problems } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { midSentence } from '@/lib/core/format'
import { paths } from '@/lib/core/paths'
import type { Choice, OptionField, OptionValue, TargetAccount } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { optionsOf } from './draft'

type Props = {
  readonly account: TargetAccount
  readonly field: OptionField
  readonly input: Extract<OptionField['input'], { kind: 'list' }>
  readonly value: string
  readonly onChange: (value: OptionValue | undefined) => void
}

/** The network itself is asked; it changes rarely while somebody writes. */
const keptMs = 3 * 60_000

/** Choices that only the network knows: boards, subreddits, playlists. What it does not list may be typed where it says so. */
export function ListInput({ account, field, input, value, onChange }: Props) {
  const { draft, workspace } = useDesk()
  const listId = useId()
  const given = optionsOf(draft, account.id)
  const isReady = input.after === undefined || Boolean(given[input.after])
  const before = account.options.find(({ name }) => name === input.after)
  // What was chosen in this field itself does not change what there is to choose.
  const { [field.name]: _, ...others } = given
  const asked = useQuery({
    queryKey: ['post-choices', workspace, account.id, field.name, input.after ? given[input.after] : '', others.format],
    queryFn: ({ signal }) =>
      read<readonly Choice[]>(
        `${paths.composeRead(workspace, 'choices')}?${new URLSearchParams({ account: account.id, field: field.name, given: JSON.stringify(others) })}`,
        signal,
      ),
    enabled: isReady,
    staleTime: keptMs,
  })
  if (!isReady)
    return (
      <p className="text-table text-text-2">
        Choose {before ? `the ${midSentence(before.label)}` : 'what is above'} first.
      </p>
    )
  const failed = asked.isError && (
    <span className="flex flex-wrap items-center gap-2">
      <Problems problems={[asked.error.message]} />
      <Button size="small" icon={<RefreshCw aria-hidden />} onClick={() => void asked.refetch()}>
        Ask again
      </Button>
    </span>
  )
  const choices = asked.data ?? []
  if (input.free)
    return (
      <>
        <Input
          list={listId}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value.trim() || undefined)}
        />
        <datalist id={listId}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </datalist>
        {failed}
      </>
    )
  if (failed) return failed
  if (asked.isPending) return <Select options={[]} disabled placeholder={`Asking ${account.label}…`} />
  if (choices.length === 0 && !value)
    return (
      <p className="text-table text-text-2">{account.label} has none for this account yet. Make one there first.</p>
    )
  const known = choices.some((choice) => choice.value === value)
  return (
    <Select
      {...(value ? { value } : {})}
      options={[
        ...(value && !known ? [{ value, label: value, hint: `${account.label} does not list it any more` }] : []),
        ...choices.map(({ value, label, hint, closed }) => ({
          value,
          label,
          ...((closed ?? hint) ? { hint: closed ?? hint ?? '' } : {}),
          disabled: closed !== undefined,
        })),
      ]}
      onChange={onChange}
    />
  )
}
