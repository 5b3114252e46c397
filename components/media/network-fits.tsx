'use client'

import { CircleCheck, CircleX, Wand } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Section } from '@/components/ui/page'
import { Skeleton } from '@/components/ui/skeleton'
import type { MediaCard, NetworkFit } from '@/lib/media/schema'
import type { DetailsProps } from './details-sheet'
import { FitDialog } from './fit-dialog'
import { useFits } from './use-media'

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
            <li
              key={`${fit.accountId ?? fit.platform} ${fit.format ?? ''}`}
              className="flex items-start gap-3 py-2 text-table"
            >
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
