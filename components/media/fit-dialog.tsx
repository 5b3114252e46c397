'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { fitMediaAction } from '@/lib/media/actions'
import { fitPreviewUrl, mediaUrl, type FitFor, type MediaCard } from '@/lib/media/schema'
import { inShort } from './words'

type Props = {
  readonly workspace: string
  readonly card: MediaCard
  /** What it is to be made for, and what that changes. */
  readonly fit: FitFor & { readonly label: string; readonly changes: readonly string[] }
  /** What becomes of the result, when it is not only kept. */
  readonly use?: string
  readonly onMade: (made: MediaCard) => Promise<void>
  readonly onClose: () => void
}

/** Shows a picture before and after it is made to fit a network, and what changes; nothing is made until somebody says so. */
export function FitDialog({ workspace, card, fit, use, onMade, onClose }: Props) {
  const { label, changes, platform, accountId, format } = fit
  const target = { platform, accountId, format }
  const [busy, setBusy] = useState(false)
  const [isLost, setLost] = useState(false)
  async function make() {
    setBusy(true)
    const made = await answerOf(fitMediaAction(workspace, { mediaId: card.id, ...target }))
    setBusy(false)
    if (!made.ok) return void toast.failed(made.error.message)
    toast.done(`“${made.value.name}” made`)
    await onMade(made.value)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title={`Fit for ${label}`}
      description="The result is a new file; this one stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => void make()}>
            {use ?? 'Save as new file'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <figure className="flex flex-col gap-1.5">
            {/* oxlint-disable-next-line nextjs/no-img-element -- a private file, in its own size */}
            <img
              src={mediaUrl(workspace, card.id)}
              alt={card.alt || card.name}
              className="h-60 w-full rounded-card bg-sunken object-contain"
            />
            <figcaption className="text-meta text-text-3 tabular-nums">Before: {inShort(card)}</figcaption>
          </figure>
          <figure className="flex flex-col gap-1.5">
            {isLost ? (
              <p
                role="alert"
                className="grid h-60 place-items-center rounded-card bg-sunken p-4 text-table text-danger-text"
              >
                It could not be drawn. Save it, and you will be told why.
              </p>
            ) : (
              // oxlint-disable-next-line nextjs/no-img-element -- drawn for this dialog, in its own size
              <img
                src={fitPreviewUrl(workspace, card.id, target)}
                alt={`${card.alt || card.name}, as ${label} would get it`}
                onError={() => setLost(true)}
                className="h-60 w-full rounded-card bg-sunken object-contain"
              />
            )}
            <figcaption className="text-meta text-text-3">After</figcaption>
          </figure>
        </div>
        <ul aria-label="What will change" className="list-disc pl-4 text-table text-text-2">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
