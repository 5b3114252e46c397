import type { ReactNode } from 'react'

type Props = {
  readonly title: string
  readonly description?: ReactNode
  /** Other ways to go. */
  readonly footer?: ReactNode
  readonly children?: ReactNode
}

/** One thing to do before one is in a workspace. */
export function Door({ title, description, footer, children }: Props) {
  return (
    <div className="flex w-full max-w-90 flex-col gap-6">
      <header className="flex flex-col gap-1">
        <h1 className="text-title">{title}</h1>
        {description && <div className="text-table text-pretty text-text-2">{description}</div>}
      </header>
      {children}
      {footer && <footer className="flex flex-col gap-2 text-table text-text-2">{footer}</footer>}
    </div>
  )
}
