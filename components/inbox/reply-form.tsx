'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Callout } from '@/components/ui/callout'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import {
  cancelReplyAction,
  holdConversationAction,
  proposeReplyAction,
  releaseConversationAction,
  writeReplyAction,
} from '@/lib/inbox/actions'

type Props = {
  readonly slug: string
  readonly conversationId: string
  readonly messageId: string
  /** False: what is written waits for somebody who may send it. */
  readonly maySend: boolean
}

const Words = z.object({ text: z.string().trim().min(1, 'Write something first.').max(20_000) })
const holdAgainMs = 15_000
const draftKey = (conversationId: string) => `posthorn.reply.${conversationId}`

/** Answers the last message. What is typed is kept in this browser until it is sent; others are told that one is answering. */
export function ReplyForm({ slug, conversationId, messageId, maySend }: Props) {
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(Words), defaultValues: { text: '' } })
  const [otherHolds, setOtherHolds] = useState(false)
  const holding = useRef(false)

  useEffect(() => {
    const kept = window.localStorage.getItem(draftKey(conversationId))
    if (kept) form.setValue('text', kept)
  }, [conversationId, form])

  async function typed(text: string) {
    if (text === '') window.localStorage.removeItem(draftKey(conversationId))
    else window.localStorage.setItem(draftKey(conversationId), text)
    if (holding.current) return
    holding.current = true
    setTimeout(() => (holding.current = false), holdAgainMs)
    const hold = await answerOf(holdConversationAction(slug, { conversationId }))
    setOtherHolds(hold.ok && !hold.value.mine)
  }

  async function takeBack(replyId: string, text: string) {
    const done = await answerOf(cancelReplyAction(slug, { replyId }))
    if (done.ok) {
      form.setValue('text', text)
      router.refresh()
    } else toast.failed(done.error.message)
  }

  return (
    <Form
      form={form}
      className="max-w-none gap-2"
      onSubmit={async ({ text }) => {
        const asked = { messageId, text, evenSo: otherHolds }
        const sent = await answerOf(maySend ? writeReplyAction(slug, asked) : proposeReplyAction(slug, asked))
        if (!sent.ok) return showFailure(form, sent.error)
        form.reset({ text: '' })
        window.localStorage.removeItem(draftKey(conversationId))
        void answerOf(releaseConversationAction(slug, { conversationId }))
        const { replyId } = sent.value
        toast.done(maySend ? 'Your answer goes out in a moment' : 'Your answer waits for approval', {
          label: 'Take it back',
          run: () => takeBack(replyId, text),
        })
        router.refresh()
      }}
    >
      <FormProblem />
      {otherHolds && (
        <Callout tone="review">Somebody else is answering this right now. You may send yours all the same.</Callout>
      )}
      <FormField name="text" label="Your answer">
        {({ onChange, ...field }) => (
          <Textarea
            {...field}
            rows={3}
            onChange={(event) => {
              onChange(event)
              void typed(event.target.value)
            }}
          />
        )}
      </FormField>
      <Submit className="self-end">{maySend ? 'Send answer' : 'Ask for approval'}</Submit>
    </Form>
  )
}
