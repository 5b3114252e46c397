import { Callout } from '@/components/ui/callout'
import { RelativeTime } from '@/components/ui/time'
import type { Unheard } from '@/lib/inbox/schema'
import { unheardWords } from './account-looks'

type Props = { readonly unheard: Unheard; readonly timeZone: string }

/** Says what of an account does not come into the inbox, and why. */
export function UnheardCallout({ unheard: { why, at, what, posts }, timeZone }: Props) {
  return (
    <Callout tone="failed" title={unheardWords[what](posts)}>
      {why} Asked last <RelativeTime at={at} zone={timeZone} />; it is asked again by itself.
    </Callout>
  )
}
