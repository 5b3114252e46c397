'use client'

import type { ComponentProps } from 'react'
import { useChanged } from '@/components/inbox/drafts'
import type { DraftDesk } from '@/lib/inbox/schema'
import { DraftCardView } from './draft-card'

type Props = Omit<ComponentProps<typeof DraftCardView>, 'overtaken'> & {
  readonly overtaken: NonNullable<DraftDesk['over']>['why']
}

/** A draft that waits no more: gone, unless what a person made of it would go with it. */
export function OvertakenDraft(props: Props) {
  const { workspace, draft, overtaken } = props
  const isTouched = useChanged(workspace, draft.messageId, draft) !== draft.text
  if (isTouched) return <DraftCardView {...props} />
  // Any other the conversation itself shows.
  return overtaken === 'edited' ? (
    <p className="text-table text-text-2">What was drafted here was for what they said before they changed it.</p>
  ) : null
}
