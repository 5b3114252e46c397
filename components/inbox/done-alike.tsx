'use client'

import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { useMutation } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { DoneMenu } from './done-menu'
import { triageRefusal, useInboxPlace } from './inbox-context'
import { askAlike } from './use-inbox'
import type { Triage } from './use-triage'

type Props = { readonly conversation: ConversationDetail; readonly triage: Triage }

/** Ends every conversation in which somebody says nearly the same, at once. What is done already stays as it ended. */
export function DoneAlike({ conversation: { id, alike }, triage }: Props) {
  const { workspace, rights } = useInboxPlace()
  const refusal = triageRefusal(rights)
  const end = useMutation({
    mutationFn: (_disposition: string | null) => askAlike(workspace, id),
    onSuccess: (found, disposition) => {
      const open = found.filter(({ state }) => state !== 'done')
      const ids = open.map((card) => card.id)
      if (ids.length === 0) toast.done('All of them are done already')
      else triage.setState(ids, { state: 'done', disposition }, open)
    },
    onError: ({ message }) => toast.failed(message),
  })
  const button = (
    <Button
      size="small"
      className="shrink-0 touch:min-w-11"
      title={`Done, all ${alike + 1} alike`}
      icon={<CheckCheck aria-hidden />}
      busy={end.isPending}
      disabledReason={refusal}
    >
      <span className="@max-md:sr-only">Done, all {alike + 1} alike</span>
    </Button>
  )
  return refusal ? button : <DoneMenu onDone={(disposition) => end.mutate(disposition)} trigger={button} />
}
