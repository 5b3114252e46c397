import { Callout } from '@/components/ui/callout'
import { RelativeTime, ZonedTime } from '@/components/ui/time'
import type { WebhookCard } from '@/lib/webhooks/schema'

const ends = {
  gone: 'It answered with 410, which means that it wants no more.',
  failing: 'Nothing got through for five days.',
} as const

/** What to know about a webhook right now. */
export function WebhookNotes({ webhook, timeZone }: { readonly webhook: WebhookCard; readonly timeZone: string }) {
  const { state, end, failingSince, previousUntil } = webhook
  return (
    <>
      {state === 'disabled' && (
        <Callout tone="failed" title="Posthorn stopped telling it">
          {end && ends[end]} When it works again, resume it, and send again below what it should know.
        </Callout>
      )}
      {state === 'paused' && (
        <Callout>Nothing is sent while it is paused, and what happens meanwhile is not told later.</Callout>
      )}
      {state === 'active' && failingSince && (
        <Callout tone="review" title="The last try failed">
          Tries began to fail <RelativeTime at={failingSince} zone={timeZone} />, and nothing got through after that. It
          is tried again and again, and stopped after five days.
        </Callout>
      )}
      {previousUntil && (
        <Callout>
          The secret before signs as well until <ZonedTime at={previousUntil} zone={timeZone} />.
        </Callout>
      )}
    </>
  )
}
