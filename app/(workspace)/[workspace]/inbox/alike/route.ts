import type { z } from 'zod'
import { questionDoor } from '@/app/(workspace)/reading'
import { checkAlike } from '@/lib/inbox'
import type { CheckAlike } from '@/lib/inbox/schema'

/** Where one answer to many would go, while it is written. */
export const POST = questionDoor((ctx, question) =>
  // The query parses and judges it.
  checkAlike(ctx, question as z.input<typeof CheckAlike>),
)
