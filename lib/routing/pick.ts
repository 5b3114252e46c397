import type { Shareway } from './schema'

export type Candidate = {
  readonly memberId: string
  readonly skills: readonly string[]
  readonly capacity: number
  /** Number of their last turn; 0 before their first. */
  readonly turn: number
  /** Conversations to do that they hold now. */
  readonly open: number
  readonly isOnline: boolean
  readonly isAway: boolean
}

export type Wanted = { readonly by: Shareway; readonly skills: readonly string[]; readonly onlineOnly: boolean }

/**
 * Who is next; undefined when nobody fits: all are away, full, not there when they must be, or lack a skill. By turns,
 * whoever waited longest; by load, whoever holds the smallest part of what they can, and of equals who waited longest.
 */
export function pick(candidates: readonly Candidate[], { by, skills, onlineOnly }: Wanted): Candidate | undefined {
  const fitting = candidates.filter(
    ({ isAway, isOnline, open, capacity, ...they }) =>
      !isAway && (isOnline || !onlineOnly) && open < capacity && skills.every((skill) => they.skills.includes(skill)),
  )
  const part = ({ open, capacity }: Candidate) => (by === 'load' ? open / capacity : 0)
  return fitting.toSorted((a, b) => part(a) - part(b) || a.turn - b.turn || (a.memberId < b.memberId ? -1 : 1))[0]
}
