'use client'

import { X } from 'lucide-react'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { findAddresses } from '@/lib/platforms/text'
import { tagged, type Utm } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { wordsIn } from './draft'

const fields = [
  ['source', 'Source', 'newsletter, x'],
  ['medium', 'Medium', 'social'],
  ['campaign', 'Campaign', 'winter-roast'],
  ['term', 'Term', ''],
  ['content', 'Content', ''],
] as const satisfies readonly (readonly [keyof Utm, string, string])[]

/** Tags that tell a site’s statistics where its visitors come from. They go on every link of the post. */
export function UtmFields({ onClose }: { readonly onClose: () => void }) {
  const { draft, scope, edit } = useDesk()
  const { link, text } = wordsIn(draft, scope)
  const { utm } = draft.content
  const set = (change: Utm | undefined) =>
    edit((draft) => {
      const all = Object.entries({ ...draft.content.utm, ...change }).filter(([, value]) => value)
      const next: Utm | undefined = change && all.length > 0 ? Object.fromEntries(all) : undefined
      return { ...draft, content: { ...draft.content, utm: next } }
    })
  const first = link ?? findAddresses(text)[0]?.url
  const result = first && tagged(first, utm)
  return (
    <fieldset className="flex flex-col gap-3 border-t px-3 py-3">
      <div className="flex items-baseline justify-between gap-2">
        <legend className="contents text-table font-medium">UTM tags</legend>
        <IconButton
          size="small"
          label="Remove the UTM tags"
          icon={<X />}
          onClick={() => {
            set(undefined)
            onClose()
          }}
        />
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {fields.map(([name, label, example]) => (
          <Field key={name} label={label}>
            <Input
              autoComplete="off"
              maxLength={100}
              placeholder={example}
              value={utm?.[name] ?? ''}
              onChange={(event) => set({ [name]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <p className="text-meta [overflow-wrap:anywhere] text-text-2">
        {result ? (
          <>
            Readers will open <span className="font-medium text-text">{result}</span>
          </>
        ) : (
          'There is no link yet: add one, or write one in the text.'
        )}
      </p>
    </fieldset>
  )
}
