'use client'

import { useId, type ComponentProps } from 'react'
import { Input } from '@/components/ui/input'

const zones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** A name of the time zone database, found by typing any part of it. */
export function TimeZoneInput(props: Omit<ComponentProps<typeof Input>, 'list' | 'type'>) {
  const listId = useId()
  return (
    <>
      <Input {...props} list={listId} autoComplete="off" spellCheck={false} placeholder="Europe/Zurich" />
      {/* The server may know other zones than the browser: what is offered is the browser's business. */}
      <datalist id={listId} suppressHydrationWarning>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
    </>
  )
}
