import type { z } from 'zod'
import { questionDoor } from '@/app/(workspace)/reading'
import { previewImport } from '@/lib/posts'
import type { ImportFile } from '@/lib/posts/schema'

/** What would become of each post of a file, before anything is written. A file is too long for an address. */
export const POST = questionDoor((ctx, file) =>
  // The query parses and judges it.
  previewImport(ctx, file as z.input<typeof ImportFile>),
)
