import type { z } from 'zod'
import { questionDoor } from '@/app/(workspace)/reading'
import { MB } from '@/app/api/body'
import { previewMessages } from '@/lib/inbox'
import type { PreviewMessages } from '@/lib/inbox/schema'

/** What would become of each message of a file, before anything is written. */
export const POST = questionDoor(
  (ctx, file) =>
    // The query parses and judges it.
    previewMessages(ctx, file as z.input<typeof PreviewMessages>),
  // What the proxy passes on whole.
  10 * MB,
)
