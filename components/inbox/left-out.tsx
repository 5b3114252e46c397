'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { NamedList } from './named-list'
import type { LeftOut } from './use-triage'

type Props = {
  readonly report: LeftOut
  readonly onOpen: (id: string) => void
  readonly onClose: () => void
}

/** Which conversations a change of many left as they were, and why. */
export function LeftOutDialog({ report: { words, done, left }, onOpen, onClose }: Props) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${left.length} of ${done + left.length} left out`}
      description={`${words}: ${done === 0 ? 'done to none of them' : `done to ${done}`}. These are as they were:`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <NamedList
        title="Left out"
        items={left}
        onOpen={(id) => {
          onClose()
          onOpen(id)
        }}
      />
    </Dialog>
  )
}
