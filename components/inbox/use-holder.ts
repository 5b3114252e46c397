'use client'

import { useNow } from '@/components/ui/use-now'
import type { ConversationCard } from '@/lib/inbox/schema'
import { useInboxPlace } from './inbox-context'

/** The name of somebody else who answers right now; undefined when nobody does, or their lease has ended. */
export function useHolder(heldBy: ConversationCard['heldBy']): string | undefined {
  const { me, members } = useInboxPlace()
  const now = useNow(heldBy ? 1_000 : null)
  if (!heldBy || heldBy.memberId === me) return undefined
  if (now !== undefined && new Date(heldBy.until).getTime() <= now) return undefined
  return members.find(({ id }) => id === heldBy.memberId)?.name ?? 'Somebody'
}
