'use client'

import { CircleCheck, CircleX, Wand } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Section } from '@/components/ui/page'
import { Skeleton } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { fitMediaAction } from '@/lib/media/actions'
import { fitPreviewUrl, mediaUrl, type MediaCard, type NetworkFit } from '@/lib/media/schema'
import type { DetailsProps } from './details-sheet'
import { useFits } from './use-media'
import { inShort } from './words'

type Props = Pick<DetailsProps, 'workspace' | 'rights' | 'onChanged' | 'onOpen'> & { readonly card: MediaCard }
type Changeable = Extract<NetworkFit, { fit: 'after_changes' }>

/** How the file stands with each network, and the way to a file that fits. */
export function NetworkFits({ workspace, card, rights, onChanged, onOpen }: Props) {
  const fits = useFits(workspace, card.id)
  const [shown, setShown] = useState<Changeable>()
  return (
    <Section title="Networks">
      {fits.data ? (
        <ul className="flex flex-col divide-y">
          {fits.data.map((fit) => (
            <li key={fit.platform} className="flex items-start gap-3 py-2 text-table">
              <span className="pt-0.5">
                {/* The server names networks that have an adapter, and there is a mark for every one. */}
                <NetworkGlyph decorative network={fit.platform as GlyphName} />
              </span>
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="font-medium">{fit.label}</span>
                <FitWords fit={fit} />
              </span>
              {fit.fit === 'after_changes' && rights.edit && (
                <Button size="small" icon={<Wand aria-hidden />} onClick={() => setShown(fit)}>
                  Fit for {fit.label}…
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Skeleton className="h-24" />
      )}
      {shown && (
        <FitDialog
          workspace={workspace}
          card={card}
          fit={shown}
          onClose={() => setShown(undefined)}
          onMade={async (made) => {
            setShown(undefined)
            await onChanged()
            onOpen(made.id)
          }}
        />
      )}
    </Section>
  )
}

function FitWords({ fit }: { readonly fit: NetworkFit }) {
  if (fit.fit === 'as_it_is')
    return (
      <span className="flex items-center gap-1 text-meta text-published">
        <CircleCheck aria-hidden className="size-3.5" />
        Fits as it is
      </span>
    )
  if (fit.fit === 'never')
    return (
      <span className="flex items-start gap-1 text-meta text-danger-text">
        <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        {fit.reason}
      </span>
    )
  return <span className="text-meta text-text-2">{fit.changes.join('. ')}.</span>
}

type DialogProps = {
  readonly workspace: string
  readonly card: MediaCard
  readonly fit: Changeable
  readonly onMade: (made: MediaCard) => Promise<void>
  readonly onClose: () => void
}

function FitDialog({ workspace, card, fit, onMade, onClose }: DialogProps) {
  const [busy, setBusy] = useState(false)
  const [isLost, setLost] = useState(false)
  async function make() {
    setBusy(true)
    const made = await answerOf(fitMediaAction(workspace, { mediaId: card.id, platform: fit.platform }))
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
      title={`Fit for ${fit.label}`}
      description="The result is a new file; this one stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => void make()}>
            Save as new file
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
                src={fitPreviewUrl(workspace, card.id, fit.platform)}
                alt={`${card.alt || card.name}, as ${fit.label} would get it`}
                onError={() => setLost(true)}
                className="h-60 w-full rounded-card bg-sunken object-contain"
              />
            )}
            <figcaption className="text-meta text-text-3">After</figcaption>
          </figure>
        </div>
        <ul aria-label="What will change" className="list-disc pl-4 text-table text-text-2">
          {fit.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
