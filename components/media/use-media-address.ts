'use client'

import { mediaKinds, type MediaKindName } from '@/lib/media/schema'
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

const parsers = {
  view: parseAsStringLiteral(['grid', 'list']).withDefault('grid'),
  folder: parseAsString,
  kind: parseAsStringLiteral(mediaKinds),
  tag: parseAsString,
  unused: parseAsBoolean.withDefault(false),
  duplicates: parseAsBoolean.withDefault(false),
  q: parseAsString.withDefault(''),
  /** The file whose details are open. */
  file: parseAsString,
  /** Asks for files as soon as the page is there: the command menu’s way in. */
  upload: parseAsBoolean.withDefault(false),
}

export type MediaFilter = {
  readonly folder: string | null
  readonly kind: MediaKindName | null
  readonly tag: string | null
  readonly unused: boolean
  readonly duplicates: boolean
  readonly search: string
}

/** What of the library is shown, and how, all of it in the address. */
export function useMediaAddress() {
  const [address, set] = useQueryStates(parsers, { history: 'replace' })
  const { folder, kind, tag, unused, duplicates } = address
  const filter: MediaFilter = { folder, kind, tag, unused, duplicates, search: address.q.trim() }
  return {
    filter,
    view: address.view,
    file: address.file,
    asksToUpload: address.upload,
    /** Besides the folder, which is a place and no filter. */
    isFiltered: kind !== null || tag !== null || unused || duplicates || filter.search !== '',
    setView: (view: 'grid' | 'list') => void set({ view }),
    openFile: (file: string | null) => void set({ file }, { history: file ? 'push' : 'replace' }),
    goTo: (folder: string | null) => void set({ folder }, { history: 'push' }),
    setFilter: ({ search, ...change }: Partial<MediaFilter>) =>
      void set({ ...change, ...(search === undefined ? {} : { q: search }) }),
    clearFilter: () => void set({ kind: null, tag: null, unused: null, duplicates: null, q: null }),
    uploadAsked: () => void set({ upload: null }),
  }
}

export type MediaAddress = ReturnType<typeof useMediaAddress>

/** The filter as the library's reads take it. */
export const filterQuery = ({ folder, kind, tag, unused, duplicates, search }: MediaFilter): [string, string][] =>
  Object.entries({
    folder: folder ?? '',
    kind: kind ?? '',
    tag: tag ?? '',
    unused: unused ? 'true' : '',
    duplicates: duplicates ? 'true' : '',
    q: search,
  }).filter(([, value]) => value !== '')
