'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Skeleton } from '@/components/ui/skeleton'
import { Textarea } from '@/components/ui/textarea'
import type { AlikeCard } from '@/lib/inbox/schema'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'
import { othersAlike } from './inbox-looks'
import { NamedList } from './named-list'
import { useAlike } from './use-alike'

type Props = {
  readonly conversationId: string
  readonly text: string
  readonly problem: string | undefined
  readonly busy: boolean
  readonly onText: (text: string) => void
  readonly onSend: (conversationIds: readonly string[]) => void
  readonly onOpen: (id: string) => void
  readonly onClose: () => void
}

/** One answer for many: how it reads to each, and who cannot get it and why, before it is sent. */
export function WriteAlikeDialog({ conversationId, text, problem, busy, onText, onSend, onOpen, onClose }: Props) {
  const { workspace } = useInboxPlace()
  const { data, error } = useAlike(workspace, conversationId, text)
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set())
  const able = data?.items.filter((item) => item.problem === null) ?? []
  const unable = data?.items.flatMap(({ conversationId: id, name, problem: message }) =>
    message === null ? [] : [{ id, name, message }],
  )
  const chosen = able.filter((item) => !without.has(item.conversationId))
  const choose = (id: string, on: boolean) => {
    const next = new Set(without)
    if (on) next.delete(id)
    else next.add(id)
    setWithout(next)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Answer all who say nearly the same"
      description="Each gets an answer of their own, from the account they wrote to, and each can be taken back until it goes out."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabledReason={
              text.trim() === '' ? 'Write something first.' : chosen.length === 0 ? 'Nobody can get it.' : undefined
            }
            onClick={() => onSend(chosen.map((item) => item.conversationId))}
          >
            {chosen.length === 1 ? 'Send 1 answer' : `Send ${chosen.length} answers`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field
          label="Your answer to all"
          hint="{{contact.first_name|there}} becomes each person’s first name, or “there” where it is not known. All variables of saved replies may be used."
          problems={problem ? [problem] : []}
        >
          <Textarea rows={4} value={text} onChange={({ target }) => onText(target.value)} />
        </Field>
        {error && <Callout tone="failed">{error.message}</Callout>}
        {!data && !error && <Skeleton className="h-24 w-full" />}
        {able.length > 0 && (
          <div className="flex flex-col gap-2">
            <h3 className="text-table font-medium">Who gets it</h3>
            <ul aria-label="Who gets it" className="flex flex-col gap-2.5">
              {able.map((item) => (
                <Addressee
                  key={item.conversationId}
                  item={item}
                  isChosen={!without.has(item.conversationId)}
                  onChoose={(on) => choose(item.conversationId, on)}
                />
              ))}
            </ul>
          </div>
        )}
        {unable && unable.length > 0 && (
          <NamedList
            title="Who does not get it"
            items={unable}
            onOpen={(id) => {
              onClose()
              onOpen(id)
            }}
          />
        )}
        {data && data.more > 0 && (
          <p className="text-meta text-text-3">{othersAlike(data.more)}. Answer them afterwards.</p>
        )}
      </div>
    </Dialog>
  )
}

type AddresseeProps = {
  readonly item: AlikeCard
  readonly isChosen: boolean
  readonly onChoose: (on: boolean) => void
}

function Addressee({ item: { name, text }, isChosen, onChoose }: AddresseeProps) {
  return (
    <li>
      <label className="flex gap-2.5 text-table">
        <Checkbox aria-label={name} checked={isChosen} onCheckedChange={(on) => onChoose(on === true)} />
        <span className="flex min-w-0 flex-col">
          <span dir="auto" className="font-medium [overflow-wrap:anywhere]">
            {name}
          </span>
          {text && (
            <span dir="auto" className="line-clamp-2 text-text-2 [overflow-wrap:anywhere]">
              {text}
            </span>
          )}
        </span>
      </label>
    </li>
  )
}
