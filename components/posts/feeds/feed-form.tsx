'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { AccountChoice, type Named } from '../account-choice'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { createFeedAction } from '@/lib/posts/actions'

const usual = '{title}\n\n{link}'

/** What a feed's drafts say, with the words that stand for what an item says. */
export function TemplateField({
  value,
  problems = [],
  onChange,
}: {
  readonly value: string
  readonly problems?: readonly string[]
  readonly onChange: (template: string) => void
}) {
  return (
    <Field
      label="What a draft says"
      hint="{title}, {summary}, {link}, {author} and {date} stand for what the item says. A line with nothing to say is left out."
      problems={problems}
    >
      <Textarea rows={3} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}

/** Follows one more feed. */
export function FeedForm({ slug, accounts }: { readonly slug: string; readonly accounts: readonly Named[] }) {
  const router = useRouter()
  const [url, setUrl] = useState('')
  const [template, setTemplate] = useState(usual)
  const [accountIds, setAccountIds] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function follow() {
    setBusy(true)
    setProblem(undefined)
    const made = await answerOf(createFeedAction(slug, { url: url.trim(), template, accountIds: [...accountIds] }))
    setBusy(false)
    if (!made.ok) return setProblem(made.error.message)
    toast.done(`Following ${made.value.title}`)
    setUrl('')
    router.refresh()
  }

  return (
    <form
      className="flex max-w-140 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void follow()
      }}
    >
      <Field label="Address" problems={problem ? [problem] : []}>
        <Input
          type="url"
          inputMode="url"
          required
          autoComplete="off"
          placeholder="https://example.com/feed.xml"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <TemplateField value={template} onChange={setTemplate} />
      <AccountChoice label="Drafts are for" accounts={accounts} chosen={accountIds} onChange={setAccountIds} />
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        Follow feed
      </Button>
    </form>
  )
}
