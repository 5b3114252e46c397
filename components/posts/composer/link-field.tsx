'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { addressOf } from './address'
import { useDesk } from './composer-context'
import { wordsIn, writeLink } from './draft'
import { LinkDetails } from './link-details'

/** The page that the post points to, as a card where the network makes one. */
export function LinkField({ onClose }: { readonly onClose: () => void }) {
  const { draft, scope, edit, links } = useDesk()
  const { link } = wordsIn(draft, scope)
  const [typed, setTyped] = useState(link ?? '')
  const [left, setLeft] = useState(false)
  const address = addressOf(typed)
  const isOdd = left && typed.trim() !== '' && !address

  function type(text: string) {
    setTyped(text)
    const next = addressOf(text)
    if (next !== link) edit((draft) => writeLink(draft, scope, next, link ? links.get(link) : undefined))
  }

  return (
    <div className="flex flex-col gap-3 border-t px-3 py-3">
      <Field
        label="Link"
        problems={isOdd ? ['This is not an address. Write it like https://example.com/page.'] : []}
        aside={
          <IconButton
            size="small"
            label="Remove the link"
            icon={<X />}
            onClick={() => {
              type('')
              onClose()
            }}
          />
        }
      >
        <Input
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          value={typed}
          onChange={(event) => type(event.target.value)}
          onFocus={() => setLeft(false)}
          onBlur={() => setLeft(true)}
        />
      </Field>
      {link && <LinkDetails link={link} />}
    </div>
  )
}
