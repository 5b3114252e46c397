import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Published } from '@/lib/platforms'
import { operation } from '@/lib/workspace'
import { explain } from './explain'
import { renewIfSpent } from './use'

/**
 * Finds out which post of an account is at an address that a person gave, with all that is needed to answer or delete
 * it. `undefined` when the network has no way to say: the person's word is then all there is.
 * Fails with VALIDATION_ERROR when the address is not of a post of this account.
 */
export const resolveLink = operation({
  can: 'post.publish',
  input: z.object({ accountId: z.string(), url: z.string() }),
  async run(ctx, { accountId, url }): Promise<Result<Published | undefined>> {
    const usable = await renewIfSpent(ctx, accountId)
    if (!usable.ok) return usable
    const { platform, app, credentials, handle } = usable.value
    if (!platform.resolve) return ok(undefined)
    const answer = await platform.resolve(app, credentials, url)
    if (answer.ok) return answer
    if (answer.error.code === 'rejected')
      return fail({
        code: 'VALIDATION_ERROR',
        message: `${answer.error.reason} Give the address of the post of ${handle}.`,
        fields: { url: [answer.error.reason] },
      })
    const { message, ...why } = explain(answer.error, platform.label)
    return fail({ ...why, message: `We could not look at that address. ${message}` })
  },
})
