'use client'

import { cn } from '@/components/ui/cn'
import { Kbd } from '@/components/ui/kbd'
import { itemStyle } from '@/components/ui/panel-style'
import { Command as Menu } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useEffect, useEffectEvent } from 'react'
import { useAddedCommands, type Command } from './commands'
import { addShortcuts, useShortcut } from './shortcuts'

type Props = {
  readonly commands: readonly Command[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** ⌘K: every page and everything this person may do, found by typing. The keys at the right work without it too. */
export function CommandMenu({ commands, open, onOpenChange }: Props) {
  const router = useRouter()
  const all = [...useAddedCommands(), ...commands]
  const groups = [...new Set(all.map(({ group }) => group))]

  function run(command: Command) {
    onOpenChange(false)
    if (command.href !== undefined) router.push(command.href)
    else void command.action()
  }

  useShortcut({ keys: 'mod+k', label: 'Search and commands', group: 'Everywhere', everywhere: true }, () =>
    onOpenChange(!open),
  )
  const runByKey = useEffectEvent(run)
  // The list is made anew at every render: its keys are what counts.
  const keys = JSON.stringify(all.map(({ id, shortcut }) => [id, shortcut]))
  const register = useEffectEvent(() =>
    addShortcuts(
      all.flatMap((command) =>
        command.shortcut
          ? [{ keys: command.shortcut, label: command.label, group: command.group, run: () => runByKey(command) }]
          : [],
      ),
    ),
  )
  useEffect(() => register(), [keys])

  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay data-motion className="fixed inset-0 z-(--z-overlay) animate-fade bg-scrim" />
        <Dialog.Content
          data-motion
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-(--z-dialog) mx-auto max-w-140 animate-in overflow-hidden rounded-dialog bg-surface shadow-float outline-none sm:top-[15dvh]"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Menu label="Search and commands" loop className="flex flex-col">
            <div className="flex items-center gap-2 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-text-3" />
              <Menu.Input
                placeholder="Go to a page or do something…"
                className="h-12 min-w-0 flex-1 bg-transparent text-lead outline-none"
              />
            </div>
            <Menu.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1">
              <Menu.Empty className="px-4 py-8 text-center text-table text-text-2">
                Nothing by that name. Try another word.
              </Menu.Empty>
              {groups.map((group) => (
                <Menu.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-3"
                >
                  {all
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <Menu.Item
                        key={command.id}
                        value={`${command.label} ${command.id}`}
                        {...(command.keywords && { keywords: [...command.keywords] })}
                        onSelect={() => run(command)}
                        className={itemStyle(cn('min-h-9 text-body'))}
                      >
                        <span className="flex-1 truncate">{command.label}</span>
                        {command.shortcut && <Kbd keys={command.shortcut} />}
                      </Menu.Item>
                    ))}
                </Menu.Group>
              ))}
            </Menu.List>
          </Menu>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
