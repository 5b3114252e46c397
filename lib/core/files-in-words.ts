import { z } from 'zod'

const Files = z.array(z.object({ kind: z.string(), name: z.string().optional() }))
const kinds: Readonly<Record<string, string>> = {
  image: 'Picture',
  gif: 'Animation',
  video: 'Video',
  audio: 'Recording',
}

/** What is said by files alone, in a line. `media` is a list of what has a kind, and perhaps a name; empty when it is none. */
export const filesInWords = (media: unknown): string =>
  (Files.safeParse(media).data ?? []).map(({ kind, name }) => kinds[kind] ?? name ?? 'File').join(', ')
