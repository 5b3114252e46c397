import { z } from 'zod'
import type { Segment } from '../core/state'

const Facets = z.array(
  z.object({
    index: z.object({ byteStart: z.number().int(), byteEnd: z.number().int() }),
    features: z.array(
      z.object({
        $type: z.string(),
        uri: z.string().optional(),
        did: z.string().optional(),
        tag: z.string().optional(),
      }),
    ),
  }),
)

/** The text with its facets, which count in UTF-8 bytes. Facets that overlap or lie outside are ignored, as the app does. */
export function richOf(text: string, facets: unknown): readonly Segment[] {
  const bytes = Buffer.from(text)
  const parsed = Facets.safeParse(facets ?? [])
  const parts: Segment[] = []
  let done = 0
  for (const facet of (parsed.success ? parsed.data : []).toSorted((a, b) => a.index.byteStart - b.index.byteStart)) {
    const { byteStart, byteEnd } = facet.index
    const href = hrefOf(facet.features[0])
    if (byteStart < done || byteEnd <= byteStart || byteEnd > bytes.length || href === undefined) continue
    if (byteStart > done) parts.push({ text: bytes.subarray(done, byteStart).toString() })
    parts.push({ text: bytes.subarray(byteStart, byteEnd).toString(), href })
    done = byteEnd
  }
  if (done < bytes.length) parts.push({ text: bytes.subarray(done).toString() })
  return parts
}

function hrefOf(
  feature: { $type: string; uri?: string | undefined; did?: string | undefined; tag?: string | undefined } | undefined,
): string | undefined {
  if (feature?.uri !== undefined && /^https?:\/\//.test(feature.uri)) return feature.uri
  if (feature?.did !== undefined) return `/profile/${feature.did}`
  return feature?.tag === undefined ? undefined : `/hashtag/${encodeURIComponent(feature.tag)}`
}
