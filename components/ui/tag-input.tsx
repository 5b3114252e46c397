'use client'

import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { cn } from './cn'
import { controlStyle } from './control-style'
import { useField } from './field-context'

type Props = {
  readonly tags: readonly string[]
  /** Offered while one writes. */
  readonly known: readonly string[]
  readonly onChange: (tags: readonly string[]) => void
}

/** Words, each kept by Enter or a comma. Backspace in the empty field takes the last away. */
export function TagInput({ tags, known, onChange }: Props) {
  const field = useField()
  const offers = useId()
  const [typed, setTyped] = useState('')

  function keep(text: string) {
    const words = text
      .split(',')
      .map((word) => word.trim().toLowerCase().slice(0, 40))
      .filter((word) => word !== '')
    setTyped('')
    if (words.length > 0) onChange([...new Set([...tags, ...words])])
  }

  return (
    <span
      className={controlStyle(
        cn('flex h-auto min-h-control flex-wrap items-center gap-1 py-1 focus-within:border-text-3'),
      )}
    >
      {tags.map((tag) => (
        <span
          key={tag}
          className="inline-flex h-6 items-center gap-0.5 rounded-full bg-hover pl-2 text-meta font-medium"
        >
          {tag}
          <button
            type="button"
            aria-label={`Remove the tag ${tag}`}
            onClick={() => onChange(tags.filter((one) => one !== tag))}
            className="grid size-6 place-items-center rounded-full text-text-3 hover:text-text"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <input
        {...field}
        list={offers}
        value={typed}
        placeholder={tags.length === 0 ? 'Add a tag' : ''}
        onChange={(event) => {
          const text = event.target.value
          if (text.includes(',')) keep(text)
          else setTyped(text)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed.trim() !== '') {
            event.preventDefault()
            keep(typed)
          }
          if (event.key === 'Backspace' && typed === '' && tags.length > 0) onChange(tags.slice(0, -1))
        }}
        onBlur={() => keep(typed)}
        className="h-6 min-w-24 flex-1 bg-transparent outline-none"
      />
      <datalist id={offers}>
        {known
          .filter((tag) => !tags.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
      </datalist>
    </span>
  )
}
