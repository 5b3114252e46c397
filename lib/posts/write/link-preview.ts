import { request } from '@/lib/core/http'
import { pass } from '@/lib/core/rate'
import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { readCard } from './link-card'
import { LinkPreviewOf, type LinkPreview } from '../schema'

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { link: [message] } })

/**
 * What a page says of itself, for the card that networks make of a link. Asks public addresses only, for 8 seconds and
 * 2 MB at most. A page that cannot be read is no fault of the post: it is published all the same.
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
    const answer = await request({
      url,
      mutation: false,
      timeoutMs: 8_000,
      maxBytes: 2 * 1024 * 1024,
      headers: { accept: 'text/html,application/xhtml+xml', 'user-agent': 'Posthorn link preview' },
    })
    if (answer.kind !== 'answer') return refused(`This page cannot be looked at: ${answer.reason}. Check the address.`)
    if (answer.status >= 400) return refused(`This page answers with ${answer.status}. Check the address.`)
    const type = answer.headers.get('content-type') ?? ''
    if (!/html/i.test(type)) return ok({ url: answer.url, title: null, description: null, imageUrl: null })
    return ok({ url: answer.url, ...readCard(answer.bytes, type, answer.url) })
  },
})
