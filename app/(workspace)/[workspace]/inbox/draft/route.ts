import type { z } from 'zod'
import { answered, answeredAbout } from '@/app/(workspace)/reading'
import { draftReply, getDraftDesk } from '@/lib/inbox'
import type { DraftReply } from '@/lib/inbox/schema'

type Params = { readonly params: Promise<{ workspace: string }> }

/** The draft that waits in a conversation. */
export const GET = (request: Request, params: Params): Promise<Response> =>
  answered(request, params, (ctx) =>
    getDraftDesk(ctx, { conversationId: new URL(request.url).searchParams.get('conversation') ?? '' }),
  )

/** Drafts an answer. A model may think for a while, and an action would keep all others of this browser waiting. */
export const POST = (request: Request, params: Params): Promise<Response> =>
  answeredAbout(request, params, (ctx, question) =>
    // The operation parses and judges it.
    draftReply(ctx, question as z.input<typeof DraftReply>),
  )
