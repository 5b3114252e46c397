'use client'

import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Switch } from '@/components/ui/switch'
import { usePreference } from './preferences'
import { useShortcut, useShortcuts } from './shortcuts'

type Props = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }

/** `?`: every key that works on this page. */
export function ShortcutSheet({ open, onOpenChange }: Props) {
  const [keys, setKeys] = usePreference('keys')
  const shortcuts = useShortcuts()
  const groups = [...new Set(shortcuts.map(({ group }) => group))]
  useShortcut({ keys: '?', label: 'Show these shortcuts', group: 'Everywhere' }, () => onOpenChange(true))

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" startsAtTitle>
      <div className="flex flex-col gap-6">
        <div className="gap-8 sm:columns-2">
          {groups.map((group) => (
            <section key={group} aria-label={group} className="mb-6 flex break-inside-avoid flex-col gap-1 last:mb-0">
              <h3 className="text-meta font-medium text-text-3">{group}</h3>
              <dl>
                {shortcuts
                  .filter((one) => one.group === group)
                  .map((one) => (
                    <div
                      key={`${one.keys} ${one.label}`}
                      className="flex min-h-8 items-center justify-between gap-4 text-table"
                    >
                      <dt>{one.label}</dt>
                      <dd>
                        <Kbd keys={one.keys} />
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
        <Field
          inline
          label="Single-key shortcuts"
          hint="Turn them off if you dictate or use switch control. Shortcuts with ⌘ or Ctrl stay."
        >
          <Switch checked={keys === 'on'} onCheckedChange={(on) => setKeys(on ? 'on' : 'off')} />
        </Field>
      </div>
    </Dialog>
  )
}
