'use client'

import { Link } from './link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cn } from './cn'

// What goes on beyond the edge fades; the last tab can be drawn clear of that.
const listStyle =
  'relative flex gap-4 overflow-x-auto pr-8 [scrollbar-width:none] [mask-image:linear-gradient(to_right,black_calc(100%-2rem),transparent)]'
const tabStyle = (here: boolean) =>
  cn(
    'ring-inside relative flex h-control shrink-0 items-center gap-1.5 rounded-control px-1 pb-1.5 text-table font-medium text-text-2 transition-colors hover:text-text',
    "after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-full after:content-[''] data-[state=active]:text-text data-[state=active]:after:bg-accent",
    here && 'text-text after:bg-accent',
  )

/** Sections that are pages of their own: links that look like tabs. */
export function LinkTabs({
  label,
  tabs,
}: {
  readonly label: string
  readonly tabs: readonly {
    readonly href: string
    readonly label: string
    readonly count?: number
    readonly hasParts?: boolean
  }[]
}) {
  const path = usePathname()
  // A page with parts is here on each of them, too.
  const isHere = ({ href, hasParts }: (typeof tabs)[number]) =>
    path === href || (hasParts === true && path.startsWith(`${href}/`))
  const list = useRef<HTMLDivElement>(null)
  // Only sideways: the page itself stays where it is.
  useEffect(() => {
    const here = list.current?.querySelector<HTMLElement>('[aria-current=page]')
    if (list.current && here)
      list.current.scrollLeft = here.offsetLeft - (list.current.clientWidth - here.offsetWidth) / 2
  }, [path])
  return (
    <nav aria-label={label} className="border-b">
      <div ref={list} className={listStyle}>
        {tabs.map((tab) => (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={isHere(tab) ? 'page' : undefined}
            className={tabStyle(isHere(tab))}
          >
            {tab.label}
            <Count count={tab.count} />
          </Link>
        ))}
      </div>
    </nav>
  )
}

function Count({ count }: { readonly count: number | undefined }) {
  return count === undefined ? null : <span className="text-meta font-normal tabular-nums text-text-3">{count}</span>
}
