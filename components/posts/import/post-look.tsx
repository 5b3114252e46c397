import type { Look } from '@/components/import/kind'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import type { ImportedRow } from '@/lib/posts/schema'

/** What is seen of a post of a file. */
export const postLook: Look<ImportedRow> = {
  words: ({ excerpt }) => excerpt || 'No text',
  problems: ({ problems }) => problems.map(({ message, severity }) => ({ message, isRefusal: severity === 'refusal' })),
  columns: [
    { name: 'When', of: (row) => <When row={row} /> },
    { name: 'Accounts', of: (row) => <Accounts row={row} /> },
  ],
}

function When({ row: { wallTime, timeZone } }: { readonly row: ImportedRow }) {
  if (!wallTime) return 'Draft'
  return (
    <>
      {wallTime.replace('T', ' ')}{' '}
      <span className="text-meta text-text-3 sm:block">{timeZone.replaceAll('_', ' ')}</span>
    </>
  )
}

function Accounts({ row: { accounts } }: { readonly row: ImportedRow }) {
  if (accounts.length === 0) return null
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {accounts.map(({ id, platform, handle }) => (
        <span key={id} className="flex items-center gap-1">
          {/* The column holds PlatformName, and there is a mark for every one. */}
          <NetworkGlyph network={platform as GlyphName} />
          {handle}
        </span>
      ))}
    </span>
  )
}
