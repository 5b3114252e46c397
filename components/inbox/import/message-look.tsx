import type { Look } from '@/components/import/kind'
import { ZonedTime } from '@/components/ui/time'
import type { ImportedMessageRow } from '@/lib/inbox/schema'
import { kindLabel } from '../inbox-looks'

/** What is seen of a message of a file. */
export const messageLook = (timeZone: string): Look<ImportedMessageRow> => ({
  words: ({ message, written }) => (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{message?.own ? 'We' : written.author || 'Nobody'}</span>
        {message && <span className="text-meta text-text-3">{kindLabel(message.kind)}</span>}
      </span>
      <span className="block">{written.text || 'No text'}</span>
    </>
  ),
  problems: ({ problems }) => problems.map((message) => ({ message, isRefusal: true })),
  columns: [
    {
      name: 'When',
      of: ({ message, written }) => (message ? <ZonedTime at={message.at} zone={timeZone} zoneHidden /> : written.at),
    },
  ],
})
