'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Said } from '@/components/ui/said'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { fillTemplate, type ConversationDetail, type MessageCard } from '@/lib/inbox/schema'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'
import type { HoldOnIt } from './use-hold'
import { useTemplates } from './use-inbox'
import { useSendReply } from './use-send-reply'

type Props = {
  readonly conversation: ConversationDetail
  readonly message: MessageCard
  readonly hold: HoldOnIt
  readonly onChanged: () => Promise<void>
}

/** Sends words that the network approved beforehand: all there is when the time for free ones is over. */
export function TemplateForm({ conversation, message, hold, onChanged }: Props) {
  const { workspace, rights } = useInboxPlace()
  const { data, error, isPending } = useTemplates(workspace, conversation.id)
  const { send, busy, problem, forget } = useSendReply({ conversation, message, hold, onChanged })
  const [at, setAt] = useState<string>()
  const [despiteRefusal, setDespiteRefusal] = useState(false)
  const [values, setValues] = useState<readonly string[]>([])
  const template = data?.find((_, index) => String(index) === at)

  if (isPending) return <Skeleton className="h-9 w-full" />
  if (error) return <Callout tone="failed">{error.message}</Callout>
  if (data.length === 0)
    return (
      <p className="text-table text-text-3">
        No template that words alone fill in has been approved for this account yet.
      </p>
    )
  const given = template ? Array.from({ length: template.values }, (_, index) => values[index] ?? '') : []
  const reads = template && fillTemplate(template.text, given)
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!template || !reads) return
        void send(reads, false, {
          template: { name: template.name, language: template.language, values: given },
          despiteRefusal,
        })
      }}
    >
      <Field label="Template" problems={problem ? [problem] : []}>
        <Select
          placeholder="Choose a template…"
          value={at}
          onChange={(next) => {
            setAt(next)
            setValues([])
            forget()
          }}
          options={data.map(({ name, language }, index) => ({
            value: String(index),
            label: name.replaceAll('_', ' '),
            hint: language,
          }))}
        />
      </Field>
      {given.map((value, index) => (
        <Field key={`${at}-${index + 1}`} label={`Value ${index + 1}`}>
          <Input
            value={value}
            required
            maxLength={1_024}
            onChange={({ target }) => setValues(given.with(index, target.value))}
          />
        </Field>
      ))}
      {reads && <Said className="rounded-card border px-3 py-2 text-table text-text-2">{reads}</Said>}
      {conversation.refusesContact && (
        <Callout tone="review" title="They refused to hear from us beyond an answer">
          <Field
            inline
            label="Send it all the same"
            hint="A template begins anew; your word on it is kept in the audit trail."
          >
            <Checkbox
              checked={despiteRefusal}
              onCheckedChange={(checked) => {
                setDespiteRefusal(checked === true)
                forget()
              }}
            />
          </Field>
        </Callout>
      )}
      <Button
        type="submit"
        variant="primary"
        className="self-end"
        busy={busy}
        disabledReason={
          !template
            ? 'Choose a template first.'
            : conversation.refusesContact && !despiteRefusal
              ? 'They refused to hear from us: say above that it goes out all the same, or wait until they write.'
              : undefined
        }
      >
        {rights.reply ? 'Send template' : 'Ask for approval'}
      </Button>
    </form>
  )
}
