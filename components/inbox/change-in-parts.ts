import { answerOf } from '@/components/workspace/answer-of'
import { ok, type Result } from '@/lib/core/result'
import { changeConversationsAction } from '@/lib/inbox/actions'
import type { BulkReport, ConversationChange } from '@/lib/inbox/schema'

/** So many are changed with one call: few enough to see it go on, many enough to be quick. */
export const atOnce = 25

/**
 * Changes any number of conversations, part after part, each conversation for itself. When the server is lost on the
 * way, those that it was not asked about are among the ones left out. Fails only where nothing was done.
 */
export async function changeInParts(
  workspace: string,
  ids: readonly string[],
  change: ConversationChange,
  onPart: (done: number) => void,
): Promise<Result<BulkReport>> {
  const items: BulkReport['items'][number][] = []
  for (let from = 0; from < ids.length; from += atOnce) {
    const part = ids.slice(from, from + atOnce)
    const answer = await answerOf(changeConversationsAction(workspace, { conversationIds: [...part], change }))
    if (!answer.ok) {
      if (from === 0) return answer
      const { message } = answer.error
      items.push(...ids.slice(from).map((conversationId) => ({ conversationId, ok: false as const, message })))
      break
    }
    items.push(...answer.value.items)
    onPart(items.length)
  }
  return ok({ done: items.filter((item) => item.ok).length, items })
}
