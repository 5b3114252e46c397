'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { cn } from '@/components/ui/cn'
import { networkLabels } from '@/lib/platforms/text'
import { useDesk } from './composer-context'
import { differences, everyone } from './draft'

const tabStyle = cn(
  'ring-inside relative flex h-control shrink-0 items-center gap-2 rounded-control px-2 text-table font-medium text-text-2 transition-colors hover:text-text touch:px-3',
  "after:absolute after:inset-x-1 after:-bottom-px after:h-0.5 after:rounded-full after:content-[''] data-[state=active]:text-text data-[state=active]:after:bg-accent",
)

/** Written once for all; a tab for each account that may say it in its own way. */
export function ScopeTabs({ children }: { readonly children: ReactNode }) {
  const { chosen, draft, scope, setScope } = useDesk()
  return (
    <Radix.Root value={scope} onValueChange={setScope} className="flex flex-col">
      <Radix.List
        aria-label="Write for"
        className="flex overflow-x-auto rounded-t-card border-b px-1.5 pt-1 [scrollbar-width:none]"
      >
        <Radix.Trigger value={everyone} className={tabStyle}>
          All accounts
        </Radix.Trigger>
        {chosen.map(({ id, platform, handle, displayName, avatarUrl }) => {
          const isOwn = differences(draft, id).length > 0
          return (
            <Radix.Trigger
              key={id}
              value={id}
              data-scope={id}
              className={tabStyle}
              title={`Customise for ${displayName}`}
            >
              <Avatar name={displayName} src={avatarUrl} network={platform} size="small" decorative />
              <span className="sr-only">Customise for {networkLabels[platform]} </span>
              <span className={cn('max-w-28 truncate', chosen.length > 3 && scope !== id && 'sr-only')}>{handle}</span>
              {isOwn && (
                <span className="size-1.5 rounded-full bg-accent">
                  <span className="sr-only">, customised</span>
                </span>
              )}
            </Radix.Trigger>
          )
        })}
      </Radix.List>
      <Radix.Content value={scope} tabIndex={-1} className="outline-none">
        {children}
      </Radix.Content>
    </Radix.Root>
  )
}
