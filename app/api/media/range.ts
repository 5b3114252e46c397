export type Range = { readonly start: number; readonly end: number }

/**
 * What a `Range` header asks of a file (RFC 9110, 14.2), both ends included. `whole` when there is none, or one that may
 * be ignored: several ranges, other units. `outside` when the file has no such bytes.
 */
export function rangeOf(header: string | null, sizeBytes: number): Range | 'whole' | 'outside' {
  const asked = header && /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (!asked) return 'whole'
  const [, from = '', to = ''] = asked
  if (from === '' && to === '') return 'whole'
  const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from)
  const end = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'whole'
  return start > end || start >= sizeBytes ? 'outside' : { start, end }
}
