'use client'

import { CircleAlert } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { cn } from './cn'
import { FieldContext } from './field-context'

type Props = {
  readonly label: string
  /** Hidden from sight, still read aloud. */
  readonly labelHidden?: boolean
  readonly hint?: ReactNode
  /** Sentences: what is wrong and how to put it right. */
  readonly problems?: readonly string[]
  readonly required?: boolean
  /** Said beside the label, as few fields are optional. */
  readonly optional?: boolean
  /** At the label's right: a counter, a link. */
  readonly aside?: ReactNode
  /** A checkbox or switch stands before its label. */
  readonly inline?: boolean
  readonly className?: string
  readonly children: ReactNode
}

/** A labelled control. Input, Textarea, Select, Checkbox and Switch inside find their ids by themselves. */
export function Field({
  label,
  labelHidden = false,
  hint,
  problems = [],
  required = false,
  optional = false,
  aside,
  inline = false,
  className,
  children,
}: Props) {
  const id = useId()
  const hintId = `${id}-hint`
  const problemsId = `${id}-problems`
  const wiring = {
    id,
    'aria-describedby': cn(hint && hintId, problems.length > 0 && problemsId) || undefined,
    'aria-invalid': problems.length > 0 ? (true as const) : undefined,
    'aria-required': required ? (true as const) : undefined,
  }
  const words = (
    <div className={cn('flex items-baseline justify-between gap-2', labelHidden && 'sr-only')}>
      <label htmlFor={id} className="text-table font-medium text-text">
        {label}
        {optional && <span className="font-normal text-text-3"> (optional)</span>}
      </label>
      {aside && <div className="text-meta text-text-3">{aside}</div>}
    </div>
  )
  const more = (
    <>
      {hint && (
        <div id={hintId} className="text-meta text-pretty text-text-3">
          {hint}
        </div>
      )}
      <Problems id={problemsId} problems={problems} />
    </>
  )
  return (
    <FieldContext value={wiring}>
      {inline ? (
        <div className={cn('flex items-start gap-3', className)}>
          {children}
          <div className="flex min-w-0 flex-col gap-1 pt-px">
            {words}
            {more}
          </div>
        </div>
      ) : (
        <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
          {words}
          {children}
          {more}
        </div>
      )}
    </FieldContext>
  )
}

/** What is wrong, in words, under the thing it concerns. */
export function Problems({ id, problems }: { readonly id?: string; readonly problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <ul id={id} className="flex flex-col gap-1 text-meta text-danger-text">
      {problems.map((problem) => (
        <li key={problem} className="flex items-start gap-1.5">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{problem}</span>
        </li>
      ))}
    </ul>
  )
}
