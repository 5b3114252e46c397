'use client'

import { cn } from '@/components/ui/cn'
import { Kbd } from '@/components/ui/kbd'
import { itemStyle } from '@/components/ui/panel-style'
import { Command as Menu, defaultFilter } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useEffect, useEffectEvent, useState } from 'react'
import { useAddedCommands, type Command } from './commands'
import { addShortcuts, useShortcut } from './shortcuts'

/** Somewhere else to look for what was typed. */
export type SearchPlace = {
  readonly id: string
  /** As it goes on after “Search”: posts, the inbox. */
  readonly label: string
  readonly hrefOf: (words: string) => string
}

type Props = {
  readonly commands: readonly Command[]
  readonly places: readonly SearchPlace[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

const groupStyle =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-3'

/** What has all the words in it, best first. The letters of a word strewn over a name, which would do by default, are no sign that it is meant. */
function matching(value: string, typed: string, keywords: readonly string[] = []): number {
  const text = [value, ...keywords].join(' ').toLowerCase()
  const hasAll = typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
  return hasAll ? Math.max(defaultFilter(value, typed, [...keywords]), 0.001) : 0
}

/** ⌘K: every page and everything this person may do, found by typing; what was typed can be looked for elsewhere. The keys at the right work without it too. */
export function CommandMenu({ commands, places, open, onOpenChange }: Props) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const words = typed.trim()
  const all = [...useAddedCommands(), ...commands]
  const groups = [...new Set(all.map(({ group }) => group))]

  function change(next: boolean) {
    setTyped('')
    onOpenChange(next)
  }
  function run(command: Command) {
    change(false)
    if (command.href !== undefined) router.push(command.href)
    else void command.action()
  }

  useShortcut({ keys: 'mod+k', label: 'Search and commands', group: 'Everywhere', everywhere: true }, () =>
    change(!open),
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
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Portal>
        <Dialog.Overlay data-motion className="fixed inset-0 z-(--z-overlay) animate-fade bg-scrim" />
        <Dialog.Content
          data-motion
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-(--z-dialog) mx-auto max-w-140 animate-in overflow-hidden rounded-dialog bg-surface shadow-float outline-none sm:top-[15dvh]"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Menu label="Search and commands" loop filter={matching} className="flex flex-col">
            <div className="flex items-center gap-2 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-text-3" />
              <Menu.Input
                value={typed}
                onValueChange={setTyped}
                placeholder="Go to a page or do something…"
                className="h-12 min-w-0 flex-1 bg-transparent text-lead outline-none"
              />
            </div>
            <Menu.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1">
              <Menu.Empty className="px-4 py-8 text-center text-table text-text-2">
                Nothing by that name. Try another word.
              </Menu.Empty>
              {/* Of its own, as the best match is drawn to the end of what it stands in: that is before these. */}
              <div role="presentation">
                {groups.map((group) => (
                  <Menu.Group key={group} heading={group} className={groupStyle}>
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
              </div>
              {words !== '' && (
                <Menu.Group forceMount heading="Search" className={groupStyle}>
                  {places.map(({ id, label, hrefOf }) => (
                    <Menu.Item
                      key={id}
                      forceMount
                      value={`search ${id}`}
                      onSelect={() => {
                        change(false)
                        router.push(hrefOf(words))
                      }}
                      className={itemStyle(cn('min-h-9 text-body'))}
                    >
                      <span className="flex-1 truncate">
                        Search {label} for “{words}”
                      </span>
                    </Menu.Item>
                  ))}
                </Menu.Group>
              )}
            </Menu.List>
          </Menu>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
