'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'

type Props = {
  readonly label: string
  readonly tags: readonly string[]
  readonly max: number
  readonly onChange: (tags: readonly string[] | undefined) => void
}

/** Words, one after the other: Enter or a comma ends one, Backspace takes the last away. */
export function TagsInput({ label, tags, max, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const set = (next: readonly string[]) => onChange(next.length > 0 ? next : undefined)

  function add(text: string) {
    const words = text.split(',').flatMap((word) => word.trim() || [])
    if (words.length > 0) set([...new Set([...tags, ...words])])
    setTyped('')
  }

  return (
    <div className="flex flex-col gap-2">
      {tags.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag} className="flex items-center gap-1 rounded-control bg-sunken py-0.5 pr-0.5 pl-2 text-table">
              {tag}
              <IconButton
                size="small"
                label={`Remove ${tag}`}
                icon={<X />}
                onClick={() => set(tags.filter((one) => one !== tag))}
              />
            </li>
          ))}
        </ul>
      )}
      <Input
        value={typed}
        autoComplete="off"
        placeholder={tags.length < max ? 'Type one, then press Enter' : `That are all ${max}`}
        onChange={(event) =>
          event.target.value.endsWith(',') ? add(event.target.value) : setTyped(event.target.value)
        }
        onBlur={() => add(typed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed.trim()) {
            event.preventDefault()
            add(typed)
          } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) set(tags.slice(0, -1))
        }}
      />
    </div>
  )
}
