'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { measure } from '@/lib/platforms/text'
import { limitsOf } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { everyone, optionsOf, wordsIn, write } from './draft'

/** A title, where one of the networks that are written for has one. Says which, and how long it may be. */
export function TitleField() {
  const { chosen, draft, scope, edit } = useDesk()
  const title = wordsIn(draft, scope).title ?? ''
  const titled = chosen
    .filter(({ id }) => scope === everyone || id === scope)
    .flatMap((account) => {
      const limits = limitsOf(account, optionsOf(draft, account.id))
      return limits.title ? [{ label: account.label, ...limits.title }] : []
    })
  if (titled.length === 0) return null
  const isNeeded = titled.some(({ required }) => required)
  const counts = new Map(titled.map(({ label, rule }) => [label, measure(title, rule)]))
  const tightest = [...counts.values()].toSorted((a, b) => a.remaining - b.remaining)[0]
  return (
    <Field
      label="Title"
      optional={!isNeeded}
      required={isNeeded}
      hint={`Shown on ${[...counts.keys()].join(', ')}.`}
      aside={tightest && <span className="tabular-nums">{`${tightest.length} / ${tightest.max}`}</span>}
      className="border-b px-3 py-3"
    >
      <Input
        // Each scope has its own title, and its own history to undo in.
        key={scope}
        autoComplete="off"
        maxLength={300}
        value={title}
        onChange={(event) => edit((draft) => write(draft, scope, { title: event.target.value || undefined }))}
      />
    </Field>
  )
}
