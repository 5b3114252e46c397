import { pass } from '@/lib/core/rate'
import { fail, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { LinkPreviewOf, type LinkPreview } from '../schema'
import { readPage } from './read-page'

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { link: [message] } })

/**
 * What a page says of itself, for the card that networks make of a link. A page that cannot be read is no fault of the
 * post: it is published all the same.
 */
export const linkPreview = query({
  can: 'post.create',
  input: LinkPreviewOf,
  async run(ctx, { url }): Promise<Result<LinkPreview>> {
    const passage = await pass('linkPreview', ctx.actor.id)
    if (!passage.open)
      return fail({
        code: 'RATE_LIMIT_EXCEEDED',
        message: 'That were many links in a minute. Wait a moment, then try again.',
        retryAt: passage.resetAt,
      })
    const page = await readPage(url)
    return page.ok ? page : refused(`This page cannot be looked at: ${page.error}. Check the address.`)
  },
})
