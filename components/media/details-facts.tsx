import type { ReactNode } from 'react'
import { Section } from '@/components/ui/page'
import { ZonedTime } from '@/components/ui/time'
import { CopyButton } from '@/components/ui/copy-button'
import { bytes, duration } from '@/lib/core/format'
import { codecLabel, typeLabel, type MediaDetails } from '@/lib/media/schema'
import { dimensions } from './words'

/** What is so about a file, and will stay so. */
export function DetailsFacts({ details, timeZone }: { readonly details: MediaDetails; readonly timeZone: string }) {
  const { card } = details
  return (
    <Section title="Details">
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-table">
        <Fact term="Type">{typeLabel(card.mime)}</Fact>
        <Fact term="Size">{bytes(card.sizeBytes)}</Fact>
        {card.width !== null && <Fact term="Pixels">{dimensions(card)}</Fact>}
        {card.durationMs !== null && <Fact term="Length">{duration(card.durationMs)}</Fact>}
        {card.codec !== null && (
          <Fact term="Encoding">
            {[card.codec, card.soundCodec].flatMap((codec) => (codec ? codecLabel(codec) : [])).join(', ')}
          </Fact>
        )}
        {card.fps !== null && <Fact term="Frames">{Number(card.fps.toFixed(2))} a second</Fact>}
        {card.frames !== null && <Fact term="Frames">{card.frames}</Fact>}
        {card.pages !== null && <Fact term="Pages">{card.pages}</Fact>}
        <Fact term="Added by">{details.uploadedBy}</Fact>
        <Fact term="Added">
          <ZonedTime at={card.createdAt} zone={timeZone} />
        </Fact>
        <Fact term="SHA-256">
          <span className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 truncate font-mono text-meta">{details.sha256}</span>
            <CopyButton text={details.sha256} label="Copy the hash" />
          </span>
        </Fact>
      </dl>
    </Section>
  )
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{term}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </>
  )
}
