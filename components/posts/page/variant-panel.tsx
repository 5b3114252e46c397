import { Callout } from '@/components/ui/callout'
import { LinkButton } from '@/components/ui/button'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { StatusBadge } from '@/components/ui/status-badge'
import { ZonedTime } from '@/components/ui/time'
import { Facts } from '@/components/ui/timeline'
import { paths } from '@/lib/core/paths'
import { isStillThere, type StateReason, type VariantDetail } from '@/lib/posts/schema'
import { ExternalLink } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { Said } from '@/components/ui/said'
import type { ReactNode } from 'react'
import { Ledger } from '../ledger/ledger'
import { PollAnswers } from '../poll-answers'
import { variantLooks } from '../post-looks'
import { SettleVariant } from './settle-variant'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly variant: VariantDetail
  readonly network: string
  /** Where a person can look for it. */
  readonly profileUrl: string | undefined
  readonly refusal?: string | undefined
  /** What can be done about a post that was deleted, and that its network kept. */
  readonly stillThere: ReactNode
  /** “Choose another time”, for a post that was found late. */
  readonly choices?: ReactNode
  /** “Another time for this account”, while it can have one. */
  readonly apart?: ReactNode
  /** Its figures. */
  readonly children?: ReactNode
}

const calm: readonly StateReason['kind'][] = ['rate_limited', 'media_processing', 'network_down', 'unknown']

/** What became of a post at one account, why, what to do, and the ledger that proves it. */
export function VariantPanel({ workspace, timeZone, variant, network, profileUrl, refusal, ...slots }: Props) {
  const { stillThere, choices, apart, children } = slots
  const { handle, displayName, state, reason, url, override } = variant
  const isKept = isStillThere(reason)
  const asks = state === 'needs_person' || state === 'refused'
  return (
    <article aria-label={`${network} ${handle}`} className="flex flex-col gap-4 rounded-card border bg-surface p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {/* The column holds PlatformName, and there is a mark for every one. */}
        <NetworkGlyph network={variant.platform as GlyphName} />
        <h3 className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-body">
          <Link href={paths.account(workspace, variant.accountId)} className="rounded-control hover:underline">
            {displayName}
          </Link>
          {handle !== displayName && <span className="text-meta font-normal text-text-3">{handle}</span>}
        </h3>
        <StatusBadge state={state} looks={variantLooks} />
        {url && (
          <LinkButton
            href={url}
            target="_blank"
            rel="noreferrer"
            size="small"
            icon={<ExternalLink aria-hidden />}
            className="ml-auto"
          >
            Open on {network}
          </LinkButton>
        )}
      </header>
      {reason && (
        <Callout tone={asks || isKept ? 'failed' : calm.includes(reason.kind) ? 'review' : 'plain'}>
          {reason.message}
          {reason.retryAt && state === 'scheduled' && (
            <>
              {' '}
              Next try at <ZonedTime at={reason.retryAt} zone={timeZone} pattern="HH:mm:ss" />.
            </>
          )}
          {asks && profileUrl && variant.steps.some((step) => step.state === 'unknown') && (
            <>
              {' '}
              <a href={profileUrl} target="_blank" rel="noreferrer" className="underline underline-offset-2">
                Look at {handle} on {network}
              </a>
              .
            </>
          )}
        </Callout>
      )}
      {asks && (
        <div className="flex flex-wrap gap-2">
          <SettleVariant workspace={workspace} variant={variant} network={network} refusal={refusal} />
          {state === 'needs_person' && reason?.kind === 'late' && choices}
        </div>
      )}
      {isKept && stillThere}
      <Facts facts={times(variant, timeZone)} />
      {apart && <div className="flex">{apart}</div>}
      {override?.text !== undefined && (
        <div className="flex flex-col gap-1">
          <h4 className="text-table font-semibold">Its own words</h4>
          <Said className="text-body">{override.text}</Said>
        </div>
      )}
      {override?.poll && <PollAnswers poll={override.poll} />}
      {variant.steps.length > 0 && (
        <section aria-label={`Ledger: ${network} ${handle}`} className="flex flex-col gap-3 border-t pt-4">
          <h4 className="text-table font-semibold text-text-2">Ledger</h4>
          <Ledger steps={variant.steps} network={network} timeZone={timeZone} />
        </section>
      )}
      {children && <div className="border-t pt-4">{children}</div>}
    </article>
  )
}

function times({ publishAt, publishedAt, latenessMs }: VariantDetail, timeZone: string) {
  return [
    {
      name: publishedAt ? 'Was due' : 'Due',
      value: publishAt ? (
        <ZonedTime at={publishAt} zone={timeZone} pattern="EEE d MMM yyyy, HH:mm:ss" />
      ) : (
        'No time yet'
      ),
    },
    ...(publishedAt
      ? [
          {
            name: 'Published',
            value: <ZonedTime at={publishedAt} zone={timeZone} pattern="EEE d MMM yyyy, HH:mm:ss.SSS" />,
          },
        ]
      : []),
    ...(latenessMs === null
      ? []
      : [
          {
            name: 'Lateness',
            value: <span className="tabular-nums">{latenessMs.toLocaleString('en-GB')} ms</span>,
          },
        ]),
  ]
}
