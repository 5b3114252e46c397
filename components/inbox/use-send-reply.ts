'use client'

import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { cancelReplyAction, proposeReplyAction, writeReplyAction } from '@/lib/inbox/actions'
import type { ConversationDetail, MessageCard, ReplyTemplateChoice } from '@/lib/inbox/schema'
import { useState } from 'react'
import { draftOf, keepDraft, keepFiles, type AttachedFile } from './drafts'
import { useInboxPlace } from './inbox-context'
import type { HoldOnIt } from './use-hold'

type Besides = { readonly template?: ReplyTemplateChoice; readonly files?: readonly AttachedFile[] }
type Props = {
  readonly conversation: ConversationDetail
  readonly message: MessageCard
  readonly hold: HoldOnIt
  readonly onChanged: () => Promise<void>
}

/** Sends what was written, with a time to take it back. Words are only forgotten once the server has them. */
export function useSendReply({ conversation, message, hold, onChanged }: Props) {
  const { workspace, rights } = useInboxPlace()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { id } = conversation

  async function takeBack(replyId: string, text: string, isTemplate: boolean, files: readonly AttachedFile[]) {
    const done = await answerOf(cancelReplyAction(workspace, { replyId }))
    if (done.ok && !isTemplate) {
      const since = draftOf(workspace, id).trim()
      keepDraft(workspace, id, since ? `${text}\n\n${since}` : text)
      keepFiles(workspace, id, (before) => [...files, ...before])
    }
    if (!done.ok) toast.failed(done.error.message)
    await onChanged()
  }

  async function send(text: string, evenSo: boolean, { template, files = [] }: Besides = {}) {
    if (busy) return
    if (text.trim() === '') return setProblem('Write something first.')
    setBusy(true)
    const fence = await hold.fenceOf()
    const asked = {
      messageId: message.id,
      text,
      evenSo,
      fence,
      mediaIds: files.map((file) => file.id),
      ...(template ? { template: { ...template, values: [...template.values] } } : {}),
    }
    const sent = await answerOf(
      rights.reply ? writeReplyAction(workspace, asked) : proposeReplyAction(workspace, asked),
    )
    setBusy(false)
    if (!sent.ok) {
      setProblem(sent.error.message)
      // Told of it once, the next press sends it all the same.
      if (sent.error.fields?.evenSo) hold.begin()
      return onChanged()
    }
    // What was typed while it was on its way is another answer.
    if (draftOf(workspace, id) === text) keepDraft(workspace, id, '')
    keepFiles(workspace, id, (before) => before.filter((one) => !files.some((file) => file.id === one.id)))
    setProblem(undefined)
    hold.release()
    hold.begin()
    const { replyId, sendAt } = sent.value
    if (rights.reply)
      toast.undo(
        'Your answer goes out in a moment',
        () => takeBack(replyId, text, template !== undefined, files),
        new Date(sendAt).getTime() - Date.now(),
      )
    else
      toast.done('Your answer waits for approval', {
        label: 'Take it back',
        run: () => takeBack(replyId, text, template !== undefined, files),
      })
    await onChanged()
  }

  return { send, busy, problem, forget: () => setProblem(undefined) }
}
