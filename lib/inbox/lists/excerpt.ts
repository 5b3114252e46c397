import { z } from 'zod'
import { sha256 } from '@/lib/core/crypto'

/** The first words of a text, in one line. */
export const excerptOf = (text: string, most = 200): string => text.replace(/\s+/g, ' ').trim().slice(0, most)

/**
 * What the audit trail keeps of an answer's words: their hash, which proves them as long as they are kept with the answer.
 * The trail cannot be changed, and the words must go when the person they were said to is erased.
 */
export const auditedWords = (text: string): string => sha256(text)

const Files = z.array(z.object({ kind: z.string(), name: z.string().optional() }))
const kinds: Readonly<Record<string, string>> = {
  image: 'Picture',
  gif: 'Animation',
  video: 'Video',
  audio: 'Recording',
}

/** What a message without words shows, in a line. `media` is Message.media; empty when there is nothing. */
export const filesInWords = (media: unknown): string =>
  (Files.safeParse(media).data ?? []).map(({ kind, name }) => kinds[kind] ?? name ?? 'File').join(', ')
