'use client'

import { LinkButton } from '@/components/ui/button'
import { when } from '@/lib/core/format'
import { paths } from '@/lib/core/paths'
import { Plus } from 'lucide-react'
import { Anchored, pointAnchor } from './anchored'
import { atWall } from './period'

/** A time that was pressed, and where on the screen. */
export type EmptyTime = {
  readonly wallTime: string
  readonly x: number
  readonly y: number
  readonly isPast: boolean
}

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly time: EmptyTime
  readonly onClose: () => void
}

/** Offers to write a post for the time that was pressed. */
export function NewPostHere({ workspace, timeZone, time: { wallTime, x, y, isPast }, onClose }: Props) {
  const at = atWall(wallTime, timeZone)
  return (
    <Anchored anchor={pointAnchor(x, y)} label="New post at this time" onClose={onClose} className="p-1">
      {isPast ? (
        <p className="max-w-56 px-2 py-1 text-table text-text-2">
          This time has passed. Press a later one to plan a post.
        </p>
      ) : (
        <LinkButton href={paths.compose(workspace, { at: wallTime })} variant="primary" icon={<Plus aria-hidden />}>
          New post, {when(at, timeZone, 'EEE d MMM, HH:mm')}
        </LinkButton>
      )}
    </Anchored>
  )
}
