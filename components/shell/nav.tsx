'use client'

import { cn } from '@/components/ui/cn'
import { Tooltip } from '@/components/ui/tooltip'
import {
  BarChart3,
  CalendarDays,
  ContactRound,
  Images,
  Inbox,
  LayoutDashboard,
  PenLine,
  Rows3,
  Settings,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { Link } from '@/components/ui/link'
import { usePathname } from 'next/navigation'
import { usePreference } from './preferences'

/** Icons by name, because a page on the server cannot hand a component over. */
export const navIcons = {
  dashboard: LayoutDashboard,
  calendar: CalendarDays,
  compose: PenLine,
  posts: Rows3,
  accounts: Users,
  media: Images,
  inbox: Inbox,
  contacts: ContactRound,
  analytics: BarChart3,
  settings: Settings,
} as const satisfies Record<string, LucideIcon>

export type NavItem = {
  readonly href: string
  readonly label: string
  readonly icon: keyof typeof navIcons
  /** How many wait there; 0 shows nothing. */
  readonly count?: number
  /** What the count counts: “to do”. */
  readonly countLabel?: string
  readonly shortcut?: string
  /** At the bottom of the sidebar. */
  readonly foot?: boolean
  /** In the bar at the bottom of phones; the first four are taken, the rest stand under More. */
  readonly phone?: boolean
  /** Only this very page counts as being there, not the pages below it. */
  readonly exact?: boolean
}

export function useIsHere(): (item: NavItem) => boolean {
  const path = usePathname()
  return ({ href, exact }) => path === href || (!exact && path.startsWith(`${href}/`))
}

/** The sidebar's links; only icons when it is collapsed. */
export function SideNav({ label, items }: { readonly label: string; readonly items: readonly NavItem[] }) {
  const isHere = useIsHere()
  const [sidebar] = usePreference('sidebar')
  return (
    <nav aria-label={label} className="flex flex-col gap-0.5">
      {items.map((item) => {
        const link = <SideLink key={item.href} item={item} here={isHere(item)} />
        return sidebar === 'collapsed' ? (
          <Tooltip key={item.href} text={item.label} shortcut={item.shortcut} side="right">
            {link}
          </Tooltip>
        ) : (
          link
        )
      })}
    </nav>
  )
}

// Tooltips hand their wiring down as props, which must reach the link.
function SideLink({ item, here, ...wiring }: { readonly item: NavItem; readonly here: boolean }) {
  const Icon = navIcons[item.icon]
  return (
    <Link
      {...wiring}
      href={item.href}
      aria-current={here ? 'page' : undefined}
      className={cn(
        'relative flex h-control items-center gap-2.5 rounded-control px-2.5 text-table font-medium text-text-2 transition-colors hover:bg-hover hover:text-text collapsed:w-10',
        here && 'bg-selected text-text hover:bg-selected',
      )}
    >
      <Icon aria-hidden className={cn('size-4 shrink-0', here && 'text-accent-text')} />
      <span className="flex-1 truncate collapsed:sr-only">{item.label}</span>
      <NavCount item={item} className="collapsed:absolute collapsed:top-0 collapsed:right-0" />
    </Link>
  )
}

/** The number beside a link, with its meaning for those who hear it. */
export function NavCount({ item, className }: { readonly item: NavItem; readonly className?: string }) {
  if (!item.count) return null
  return (
    <span
      className={cn(
        'grid h-4.5 min-w-4.5 place-items-center rounded-full bg-scheduled-tint px-1 text-[0.6875rem] font-semibold tabular-nums text-scheduled',
        className,
      )}
    >
      {item.count > 99 ? '99+' : item.count}
      <span className="sr-only"> {item.countLabel}</span>
    </span>
  )
}
