'use client'

import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs'
import { MenuCheck } from '@/components/ui/dropdown-menu'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Picker } from '@/components/ui/picker'
import type { AccountName } from '@/lib/accounts/schema'

const inAddress = parseAsArrayOf(parseAsString).withDefault([]).withOptions({ shallow: false })

/** Which accounts the report is about: all where none is chosen. The address holds them. */
export function AccountFilter({ accounts }: { readonly accounts: readonly AccountName[] }) {
  const [chosen, choose] = useQueryState('account', inAddress)
  if (accounts.length < 2) return null
  return (
    <Picker label="Account" count={chosen.length}>
      {accounts.map(({ id, platform, displayName, handle }) => (
        <MenuCheck
          key={id}
          checked={chosen.includes(id)}
          onChange={(on) => void choose((now) => (on ? [...now, id] : now.filter((each) => each !== id)))}
          // The column holds PlatformName, and there is a mark for every one.
          icon={<NetworkGlyph network={platform as GlyphName} />}
        >
          <span className="flex min-w-0 flex-col">
            <span className="truncate">{displayName}</span>
            <span className="truncate text-meta text-text-3">{handle}</span>
          </span>
        </MenuCheck>
      ))}
    </Picker>
  )
}
