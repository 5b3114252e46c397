'use client'

import { useProblem } from '@/components/shell/online'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { cancelRepliesAction, proposeReplyAction, writeReplyAction } from '@/lib/inbox/actions'
import type { ConversationDetail, MessageCard, ReplyTemplateChoice } from '@/lib/inbox/schema'
import { useState } from 'react'
import { draftOf, keepDraft, keepFiles, keepTo, toOf, type AttachedFile } from './drafts'
import { useInboxPlace } from './inbox-context'
import type { HoldOnIt } from './use-hold'

const tooLate = 'It is on its way already, or was decided. Reload the conversation to see what became of it.'

type Besides = {
  readonly template?: ReplyTemplateChoice
  readonly despiteRefusal?: boolean
  readonly files?: readonly AttachedFile[]
  readonly privately?: boolean
  /** It is taken, and nothing more was written meanwhile. */
  readonly onSent?: () => void
}
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
  const [problem, setProblem] = useProblem()
  const { id } = conversation

  async function takeBack(
    replyIds: readonly string[],
    text: string,
    isTemplate: boolean,
    files: readonly AttachedFile[],
    privately: boolean,
  ) {
    const done = await answerOf(cancelRepliesAction(workspace, { replyIds: [...replyIds] }))
    const isBack = done.ok && done.value.tooLate === 0
    const since = draftOf(workspace, id).trim()
    const sinceTo = since === '' ? undefined : toOf(workspace, id)
    // A chat is one person’s: all that is said there is for them.
    if (isBack && !isTemplate && sinceTo && sinceTo.id !== message.id && conversation.kind !== 'dm') {
      // What is for one person is never put under the name of another.
      toast.done('Taken back. What you are writing in answer to another message stays.', {
        label: 'Copy its words',
        run: () => navigator.clipboard.writeText(text),
      })
    } else if (isBack && !isTemplate) {
      keepDraft(workspace, id, since ? `${text}\n\n${since}` : text)
      keepFiles(workspace, id, (before) => [...files, ...before])
      // What was typed since for all to read goes along, to that person.
      keepTo(workspace, id, { id: message.id, privately: privately || sinceTo?.privately === true })
    }
    if (!isBack) toast.failed(done.ok ? tooLate : done.error.message)
    await onChanged()
  }

  async function send(
    text: string,
    evenSo: boolean,
    { template, despiteRefusal = false, files = [], privately = false, onSent }: Besides = {},
  ) {
    if (busy) return
    const mediaIds = files.map((file) => file.id)
    const isApart = mediaIds.length > 0 && conversation.answering.media?.apart === true
    if (text.trim() === '' && !isApart) return setProblem('Write something first.')
    const said = text.trim() === '' ? [] : [{ text, mediaIds: isApart ? [] : mediaIds }]
    const answers = isApart ? [...said, { text: '', mediaIds }] : said
    setBusy(true)
    const fence = await hold.fenceOf()
    const replyIds: string[] = []
    let sendAt = ''
    for (const answer of answers) {
      const asked = {
        ...answer,
        messageId: message.id,
        privately,
        evenSo,
        despiteRefusal,
        // Of two that go out together the first is asked whether somebody was faster; it counts as one itself.
        ...(replyIds.length === 0 ? { fence } : {}),
        ...(template ? { template: { ...template, values: [...template.values] } } : {}),
      }
      const sent = await answerOf(
        rights.reply ? writeReplyAction(workspace, asked) : proposeReplyAction(workspace, asked),
      )
      if (!sent.ok) {
        setBusy(false)
        setProblem(sent.error.message)
        // Told of it once, the next press sends it all the same.
        if (sent.error.fields?.evenSo) hold.begin()
        return onChanged()
      }
      // What was typed while it was on its way is another answer.
      if (answer.text !== '' && draftOf(workspace, id) === text) keepDraft(workspace, id, '')
      keepFiles(workspace, id, (before) => before.filter((one) => !answer.mediaIds.includes(one.id)))
      replyIds.push(sent.value.replyId)
      ;({ sendAt } = sent.value)
    }
    setBusy(false)
    setProblem(undefined)
    hold.release()
    hold.begin()
    const back = () => takeBack(replyIds, text, template !== undefined, files, privately)
    if (rights.reply) toast.undo('Your answer goes out in a moment', back, new Date(sendAt).getTime() - Date.now())
    else toast.done('Your answer waits for approval', { label: 'Take it back', run: back })
    if (draftOf(workspace, id) === '') onSent?.()
    await onChanged()
  }

  return { send, busy, problem, forget: () => setProblem(undefined) }
}
