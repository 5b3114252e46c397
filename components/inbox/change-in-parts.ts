import { askInParts } from '@/components/workspace/ask-in-parts'
import { ok, type Result } from '@/lib/core/result'
import { changeConversationsAction } from '@/lib/inbox/actions'
import type { BulkReport, ConversationChange } from '@/lib/inbox/schema'

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
  // What comes in while the first parts are changed is seen by nobody before the last are.
  let began: string | undefined
  const said = await askInParts(
    ids,
    async (conversationIds) => {
      const asOf = began && isOfState(change) ? { asOf: began } : {}
      const answer = await changeConversationsAction(workspace, { conversationIds, change: { ...change, ...asOf } })
      if (answer.ok) began ??= answer.value.at
      return answer
    },
    onPart,
  )
  if (!said.ok) return said
  const { answers, unasked } = said.value
  const [first] = answers
  const { message } = unasked
  const items = [
    ...answers.flatMap((answer) => answer.items),
    ...unasked.ids.map((conversationId) => ({ conversationId, ok: false as const, message })),
  ]
  return ok({ at: first?.at ?? '', done: items.filter((item) => item.ok).length, items })
}

const isOfState = (change: ConversationChange): boolean => ['state', 'done', 'snooze'].includes(change.do)
