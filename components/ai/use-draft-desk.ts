'use client'

import { useLive } from '@/components/shell/live'
import { read, readAbout } from '@/components/shell/queries'
import { paths } from '@/lib/core/paths'
import type { DraftCard, DraftDesk } from '@/lib/inbox/schema'
import { useQuery, useQueryClient } from '@tanstack/react-query'

/** The draft that waits in a conversation, by itself up to date. */
export function useDraftDesk(workspace: string, conversationId: string) {
  const client = useQueryClient()
  const queryKey = ['inbox-draft', workspace, conversationId]
  const again = () => client.invalidateQueries({ queryKey })
  useLive(['draft.*', 'reading.*', 'reply.*', 'conversation.escalated'], (events, wasMissed) => {
    if (wasMissed || events.some(({ subject }) => subject.id === conversationId)) void again()
  })
  const desk = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      read<DraftDesk>(
        `${paths.inboxDraft(workspace)}?${new URLSearchParams({ conversation: conversationId })}`,
        signal,
      ),
  })
  return {
    desk,
    again,
    draft: (messageId: string, anew: boolean) =>
      readAbout<DraftCard>(paths.inboxDraft(workspace), { messageId, again: anew }),
  }
}
