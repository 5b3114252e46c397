'use client'

import { cn } from '@/components/ui/cn'
import { Sheet } from '@/components/ui/sheet'
import { Ellipsis } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { useState } from 'react'
import { navIcons, NavCount, useIsHere, type NavItem } from './nav'

const places = 4
const tabStyle = (here: boolean) =>
  cn(
    'ring-inside relative flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[0.6875rem] font-medium text-text-2',
    here && 'text-accent-text',
  )

/** Phones: four places and More, within the thumb's reach. */
export function TabBar({ items }: { readonly items: readonly NavItem[] }) {
  const isHere = useIsHere()
  const [open, setOpen] = useState(false)
  const shown = items.filter(({ phone }) => phone).slice(0, places)
  const rest = items.filter((item) => !shown.includes(item))
  return (
    <nav
      aria-label="Main"
      data-yields
      className="fixed inset-x-0 bottom-0 z-(--z-nav) flex border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {shown.map((item) => {
        const Icon = navIcons[item.icon]
        return (
          <Link
            key={item.href}
            href={item.href}
            aria-current={isHere(item) ? 'page' : undefined}
            className={tabStyle(isHere(item))}
          >
            <Icon aria-hidden className="size-5" />
            <span className="max-w-full truncate px-1">{item.label}</span>
            <NavCount item={item} className="absolute top-1 left-[calc(50%+6px)]" />
          </Link>
        )
      })}
      {rest.length > 0 && (
        <Sheet
          open={open}
          onOpenChange={setOpen}
          title="More"
          trigger={
            <button type="button" className={tabStyle(rest.some(isHere))}>
              <Ellipsis aria-hidden className="size-5" />
              More
            </button>
          }
        >
          <div className="-mx-2 flex flex-col">
            {rest.map((item) => {
              const Icon = navIcons[item.icon]
              return (
                <Link
                  key={item.href}
                  href={item.href}
                  aria-current={isHere(item) ? 'page' : undefined}
                  onClick={() => setOpen(false)}
                  className={cn(
                    'flex h-12 items-center gap-3 rounded-control px-2 text-lead',
                    isHere(item) && 'bg-selected',
                  )}
                >
                  <Icon aria-hidden className="size-5 text-text-3" />
                  <span className="flex-1">{item.label}</span>
                  <NavCount item={item} />
                </Link>
              )
            })}
          </div>
        </Sheet>
      )}
    </nav>
  )
}
