import { LinkButton } from '@/components/ui/button'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import type { AccountInNeed } from '@/lib/accounts/schema'
import { paths } from '@/lib/core/paths'

type Props = { readonly workspace: string; readonly accounts: readonly AccountInNeed[] }

/** Accounts through which nothing goes out until somebody reconnects them. */
export function AccountsInNeed({ workspace, accounts }: Props) {
  return (
    <ul aria-label="Accounts to reconnect" className="flex flex-col divide-y border-y">
      {accounts.map(({ id, platform, handle, displayName, why }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-2 py-2 text-table">
          {/* The column holds PlatformName, and there is a mark for every one. */}
          <NetworkGlyph network={platform as GlyphName} />
          <span className="flex min-w-0 flex-1 basis-48 flex-col">
            <span className="font-medium">
              {displayName} <span className="font-normal text-text-3">{handle}</span>
            </span>
            {why && <span className="text-meta text-pretty text-text-2">{why}</span>}
          </span>
          <LinkButton size="small" href={paths.account(workspace, id)}>
            Reconnect
          </LinkButton>
        </li>
      ))}
    </ul>
  )
}
