import { ok, type Result } from '@/lib/core/result'
import { answerAlike, checkAlike } from '@/lib/inbox'
import type { AlikeCard, AlikeReport } from '@/lib/inbox/schema'
import * as contract from '../../../../../contract/alike'
import { serves } from '../../../../../contract/door'

type Answered = { readonly preview: readonly AlikeCard[] } | { readonly report: AlikeReport }

export const POST = serves(
  contract.answerAlike,
  async (ctx, { params, body: { dryRun, text, conversationIds } }): Promise<Result<Answered>> => {
    const conversationId = params.id
    if (!dryRun) {
      const done = await answerAlike(ctx, { conversationId, conversationIds, text })
      return done.ok ? ok({ report: done.value }) : done
    }
    const checked = await checkAlike(ctx, { conversationId, text })
    if (!checked.ok) return checked
    const { items } = checked.value
    return ok({
      preview: conversationIds ? items.filter((one) => conversationIds.includes(one.conversationId)) : items,
    })
  },
  (body) => ({ body }),
)
