'use client'

import type { ConversationCard } from '@/lib/inbox/schema'
import { useInboxPlace } from './inbox-context'
import { useNow } from './use-now'

/** The name of somebody else who answers right now; undefined when nobody does, or their lease has ended. */
export function useHolder(heldBy: ConversationCard['heldBy']): string | undefined {
  const { me, members } = useInboxPlace()
  const now = useNow(heldBy ? 1_000 : null)
  if (!heldBy || heldBy.memberId === me || new Date(heldBy.until).getTime() <= now) return undefined
  return members.find(({ id }) => id === heldBy.memberId)?.name ?? 'Somebody'
}
