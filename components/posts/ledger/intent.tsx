import { Said } from '@/components/ui/said'
import { Facts } from '@/components/ui/timeline'
import { ZonedTime } from '@/components/ui/time'
import { z } from 'zod'

// The ledger keeps what was sent as JSON; only what is shown is asked of it.
const SentIntent = z.object({
  text: z.string(),
  link: z.object({ url: z.string() }).optional(),
  media: z.array(z.object({ mediaId: z.string(), kind: z.string(), alt: z.string() })).default([]),
  key: z.object({ createdAt: z.string(), recordKey: z.string().optional() }).optional(),
})

/** The exact words, files and keys that were fixed before the first byte was sent. */
export function Intent({ intent, timeZone }: { readonly intent: unknown; readonly timeZone: string }) {
  const { data } = SentIntent.safeParse(intent)
  if (!data) return null
  const { text, link, media, key } = data
  return (
    <Facts
      facts={[
        { name: 'Text', value: <Said as="span">{text || 'None'}</Said> },
        ...(link ? [{ name: 'Link card', value: link.url }] : []),
        ...(media.length > 0
          ? [
              {
                name: 'Media',
                value: media.map(({ mediaId, kind, alt }) => (
                  <span key={mediaId} className="block">
                    {kind}, {alt ? `“${alt}”` : 'no alt text'}
                  </span>
                )),
              },
            ]
          : []),
        ...(key
          ? [
              {
                name: 'Time given',
                value: <ZonedTime at={key.createdAt} zone={timeZone} pattern="d MMM yyyy, HH:mm:ss.SSS" />,
              },
            ]
          : []),
        ...(key?.recordKey ? [{ name: 'Own key', value: <code className="font-mono">{key.recordKey}</code> }] : []),
      ]}
    />
  )
}
