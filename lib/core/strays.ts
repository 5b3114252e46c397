import { day, inMs } from './clock'
import { count } from './metrics'
import { discard, list } from './storage'

const seen = count('posthorn_stray_files_total', 'Stored files that were looked at, and what became of them', [
  'folder',
  'did',
])

/**
 * A file is stored before the row that names it is written, never after. A body comes for 12 hours at most (slow-senders.ts),
 * and some stores count from when it began; what is made of it takes minutes. So whoever stored a file a day ago has
 * written its row, or will not any more. The other days are for whoever put back an older database and means to undo it.
 */
const oldMs = 7 * day
const atOnce = 500

/**
 * Takes away the files right in `folder` that came more than a week ago and that nothing names, a page at a time.
 * @param named of these keys, those that a row names
 * @returns how many were taken away
 */
export async function discardStrays(
  folder: string,
  named: (keys: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  const [kind = folder] = folder.split('/')
  let discarded = 0
  for await (const page of list(folder, atOnce)) {
    const keys = page.filter(({ at }) => at < inMs(-oldMs)).map(({ key }) => key)
    const kept = keys.length > 0 ? await named(keys) : new Set<string>()
    const strays = keys.filter((key) => !kept.has(key))
    for (const key of strays) await discard(key)
    discarded += strays.length
    seen.inc({ folder: kind, did: 'discarded' }, strays.length)
    seen.inc({ folder: kind, did: 'kept' }, page.length - strays.length)
  }
  return discarded
}
