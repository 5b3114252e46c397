import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { listSavedReplies, render } from '@/lib/routing'
import { query } from '@/lib/workspace'
import { isHere, noSuchConversation } from '../lists/queries'
import { FilledReplies, type FilledReply } from '../schema'
import { lastAsked } from '../triage/last-asked'
import { valuesFor } from './values'

export const noSuchMessage: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such message to answer. Reload the conversation.',
}

/**
 * All saved replies by name, each as it reads in an answer to a message; with a conversation alone, to the last in it that
 * wants an answer. With neither they are as they are kept.
 */
export const filledReplies = query({
  can: 'inbox.read',
  input: FilledReplies,
  async run(ctx, { messageId, conversationId }): Promise<Result<readonly FilledReply[]>> {
    const saved = await listSavedReplies(ctx, {})
    if (!saved.ok) return saved
    const nowhere = (problem: string | null) => saved.value.map((reply) => ({ ...reply, rendered: null, problem }))
    if (!messageId && !conversationId) return ok(nowhere(null))
    const to = messageId ?? (await lastAsked(ctx, conversationId ?? ''))
    const values = to && (await valuesFor(ctx, [to])).get(to)
    if (values)
      return ok(
        saved.value.map((reply) => {
          const done = render(reply.text, values)
          return {
            ...reply,
            rendered: done.ok ? done.value : null,
            problem: done.ok ? null : done.error.message,
          }
        }),
      )
    if (messageId) return fail(noSuchMessage)
    return (await isHere(ctx, conversationId ?? '')) ? ok(nowhere(nothingAsked)) : fail(noSuchConversation)
  },
})

export const nothingAsked = 'There is nothing here to answer.'
