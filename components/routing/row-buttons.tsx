'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { useAct } from '@/components/workspace/use-act'
import type { Result } from '@/lib/core/result'

type Delete = {
  readonly name: string
  readonly what: string
  readonly lost: string
  readonly run: () => Promise<Result<unknown>>
}

/** Deletes one thing, having asked. */
export function DeleteButton({ name, what, lost, run }: Delete) {
  const act = useAct()
  return (
    <AlertDialog
      title={`Delete the ${what} “${name}”?`}
      description={lost}
      confirm="Delete"
      trigger={
        <Button size="small" variant="ghost" aria-label={`Delete ${name}`}>
          Delete
        </Button>
      }
      onConfirm={async () => {
        await act(run(), `“${name}” is deleted`)
      }}
    />
  )
}

type Move = {
  readonly id: string
  readonly name: string
  readonly ids: readonly string[]
  readonly order: (ids: string[]) => Promise<Result<unknown>>
}

/** Moves one of a list up or down, where there is another. */
export function MoveButtons({ id, name, ids, order }: Move) {
  const act = useAct()
  const at = ids.indexOf(id)
  if (ids.length < 2) return null
  const swap = (other: number) => {
    const moved = [...ids]
    ;[moved[at], moved[other]] = [moved[other] ?? id, id]
    void act(order(moved), 'Order saved')
  }
  return (
    <span className="inline-flex">
      <IconButton
        size="small"
        label={`Move ${name} up`}
        icon={<ArrowUp />}
        disabledReason={at === 0 ? 'It is the first already.' : undefined}
        onClick={() => swap(at - 1)}
      />
      <IconButton
        size="small"
        label={`Move ${name} down`}
        icon={<ArrowDown />}
        disabledReason={at === ids.length - 1 ? 'It is the last already.' : undefined}
        onClick={() => swap(at + 1)}
      />
    </span>
  )
}
