import type { ReactNode } from 'react'
import { ThemeMenu } from './appearance'
import { Mark } from './mark'

type Props = {
  readonly title: string
  readonly description?: ReactNode
  /** Under the form: the way to the other door. */
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** The frame of pages for people who are not inside yet: sign in, sign up, invitations. */
export function FrontDoor({ title, description, footer, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 md:px-6">
        <Mark named />
        <ThemeMenu />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-90 flex-1 flex-col gap-6 px-4 pt-[8dvh] pb-12 outline-none"
      >
        <div className="flex flex-col gap-2">
          <h1 className="text-title">{title}</h1>
          {description && <p className="text-pretty text-text-2">{description}</p>}
        </div>
        {children}
        {footer && <div className="text-table text-text-2">{footer}</div>}
      </main>
    </div>
  )
}
