'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import type { ConnectionOffer } from '@/lib/accounts/schema'
import { midSentence } from '@/lib/core/format'
import { ExternalLink, KeyRound, Waypoints } from 'lucide-react'

type Props = {
  readonly offers: readonly ConnectionOffer[]
  readonly isGoing: (offer: ConnectionOffer) => boolean
  readonly onChoose: (offer: ConnectionOffer) => void
}

/** Every way to connect, network by network; those that lack keys say which, and where they come from. */
export function ConnectionOffers({ offers, isGoing, onChoose }: Props) {
  const networks = Map.groupBy(offers, ({ platform }) => platform)
  return (
    <ul aria-label="Networks" className="flex flex-col divide-y">
      {[...networks].map(([platform, ways]) => (
        <li key={platform} className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
          <h3 className="flex items-center gap-2 text-body">
            {/* An offer is of a PlatformName or a provider, and there is a mark for every network. */}
            {ways[0]?.isProvider ? (
              <Waypoints aria-hidden className="size-4 text-text-2" />
            ) : (
              <NetworkGlyph network={platform as GlyphName} decorative />
            )}
            {ways[0]?.platformLabel}
            {ways.some(({ sandbox }) => sandbox) && (
              <Badge title="An imitation on this computer: nothing leaves it">sandbox</Badge>
            )}
          </h3>
          {ways.length > 1 && (
            <p className="text-table text-pretty text-text-2">
              More than one way: each needs keys of its own, so connect where you need it.
            </p>
          )}
          {ways.map((offer) => (
            <div key={offer.method} className="flex flex-col gap-2">
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <span className="min-w-0 flex-1 basis-40 text-table text-text-2">
                  {offer.kind === 'oauth'
                    ? `You allow it on ${offer.server ? 'its server' : offer.platformLabel}’s own page`
                    : `With ${offer.fields.flatMap(({ label, optional }) => (optional ? [] : midSentence(label))).join(' and ')}`}
                </span>
                <Button
                  className="h-auto max-w-full min-h-control shrink py-1 text-left whitespace-normal"
                  busy={isGoing(offer)}
                  disabledReason={
                    offer.missing.length > 0 ? `Set ${offer.missing.join(' and ')} first; see below.` : undefined
                  }
                  onClick={() => onChoose(offer)}
                >
                  Connect {offer.label}
                </Button>
              </div>
              {offer.missing.length > 0 && <MissingKeys offer={offer} />}
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** What the person who runs Posthorn has to do before this way can be used. */
function MissingKeys({ offer }: { readonly offer: ConnectionOffer }) {
  const lines = offer.missing.map((name) => `${name}=`).join('\n')
  return (
    <div className="flex flex-col gap-2 rounded-control bg-sunken p-3 text-table text-text-2">
      <p className="flex items-start gap-2 text-pretty">
        <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {offer.help}{' '}
          {offer.helpUrl && (
            <a href={offer.helpUrl} target="_blank" rel="noreferrer" className="link whitespace-nowrap">
              Get the keys <ExternalLink aria-hidden className="inline size-3.5" />
            </a>
          )}
        </span>
      </p>
      <p>
        Put them into the file <code className="font-mono">.env</code> of the project folder and start Posthorn again:
      </p>
      <div className="flex items-start justify-between gap-2">
        <pre className="min-w-0 overflow-x-auto font-mono text-meta text-text">{lines}</pre>
        <CopyButton text={lines} label={`Copy the names for ${offer.label}`} />
      </div>
    </div>
  )
}
