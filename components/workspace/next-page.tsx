'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useRef } from 'react'
import { LinkButton } from '@/components/ui/button'

type Props = {
  /** Where the address says which page is seen: several lists of a page have a name each. */
  readonly name: string
  /** Where the next page begins. */
  readonly next: string | null | undefined
  /** What the two ways say, where the order of a list is not plain. */
  readonly words?: { readonly first: string; readonly next: string }
}

const plain = { first: 'First page', next: 'Next page' }

/** The way to what follows, where there is more, and back to the first page from those after it. */
export function NextPage({ name, next, words = plain }: Props) {
  const path = usePathname()
  const given = useSearchParams()
  const place = useRef<HTMLDivElement>(null)
  const hrefOf = (at?: string) => {
    const kept = new URLSearchParams(given)
    if (at) kept.set(name, at)
    else kept.delete(name)
    return `${path}${kept.size > 0 ? `?${kept}` : ''}`
  }
  const isFirst = !given.has(name)
  if (isFirst && !next) return null
  // A page with several lists stays at the one whose page is turned.
  const way = { scroll: false, onNavigate: () => place.current?.closest('section, main')?.scrollIntoView() }
  return (
    <div ref={place} className="flex flex-wrap gap-2">
      {!isFirst && (
        <LinkButton href={hrefOf()} {...way}>
          {words.first}
        </LinkButton>
      )}
      {next && (
        <LinkButton href={hrefOf(next)} {...way}>
          {words.next}
        </LinkButton>
      )}
    </div>
  )
}
