import type { z } from 'zod'
import { answeredAbout } from '@/app/(workspace)/reading'
import { checkAlike } from '@/lib/inbox'
import type { CheckAlike } from '@/lib/inbox/schema'

type Params = { readonly params: Promise<{ workspace: string }> }

/** Where one answer to many would go, while it is written. */
export const POST = (request: Request, params: Params): Promise<Response> =>
  answeredAbout(request, params, (ctx, question) =>
    // The query parses and judges it.
    checkAlike(ctx, question as z.input<typeof CheckAlike>),
  )
