import { z } from 'zod'
import { fail, ok } from '@/lib/core/result'
import type { Answer, PlatformError } from './platform'

/** Where the reading of a list broke off: before one of its pages, or there among what stands under one of the entries. */
export const Place = z.object({
  page: z.string().optional(),
  under: z.string().optional(),
  below: z.string().optional(),
})
export type Place = z.output<typeof Place>

/** What one call brought, and what leads to the page after it. */
type Page<T> = { readonly said: readonly T[]; readonly next: string | undefined }
export type Entry<T> = {
  /** The network's own name for it. */
  readonly name: string
  readonly said: readonly T[]
  /** What stands under it, where that did not all come along. `page` is absent for the first. */
  below?(page: string | undefined): Answer<Page<T>>
}
export type Entries<T> = { readonly entries: readonly Entry<T>[]; readonly next: string | undefined }

export type ReadSoFar<T> = {
  readonly said: readonly T[]
  /** Where to go on. Absent at the end, and where it is better begun anew another time. */
  readonly place: Place | undefined
  readonly isEnd: boolean
  /** All that is there, from the first to the last: what is not among it is not there. */
  readonly isWhole: boolean
}

/**
 * Reads a list and what stands under its entries, in `calls` calls at most (two or more), from `from` on. However much
 * there is, what was read is handed over, with the place where it goes on: also when a call fails, which fails as a whole
 * only when nothing came before it.
 */
export async function readOn<T>(q: {
  readonly calls: number
  readonly from: Place | undefined
  list(page: string | undefined): Answer<Entries<T>>
}): Answer<ReadSoFar<T>> {
  const from = q.from ?? {}
  const said: T[] = []
  let [at, left]: [Place, number] = [from, q.calls]
  const soFar = (place: Place | undefined) => ok({ said, place, isEnd: false, isWhole: false })
  const isWhereItBegan = () => at.page === from.page && at.under === from.under && at.below === from.below
  const broken = (error: PlatformError) => (isWhereItBegan() ? fail(error) : soFar(at))
  while (left > 0) {
    const listed = await q.list(at.page)
    left -= 1
    // What led to a page may lead nowhere by now.
    if (!listed.ok && listed.error.code === 'rejected' && at.page !== undefined && isWhereItBegan())
      return soFar(undefined)
    if (!listed.ok) return broken(listed.error)
    const { entries, next } = listed.value
    said.push(...entries.flatMap((entry) => entry.said))
    const { under, below } = at
    const rest = entries.slice(
      Math.max(
        0,
        entries.findIndex(({ name }) => name === under),
      ),
    )
    for (const entry of rest.filter((one) => one.below)) {
      let page = entry.name === under ? below : undefined
      do {
        at = { page: at.page, under: entry.name, below: page }
        if (left <= 0) return soFar(at)
        const found = await entry.below?.(page)
        left -= 1
        // Refused twice: all else is read without it.
        const isLeftOut = found?.ok === false && found.error.code === 'rejected' && isWhereItBegan()
        if (found?.ok === false && !isLeftOut) return broken(found.error)
        said.push(...(found?.ok ? found.value.said : []))
        page = found?.ok ? found.value.next : undefined
      } while (page !== undefined)
    }
    if (next === undefined) return ok({ said, place: undefined, isEnd: true, isWhole: q.from === undefined })
    at = { page: next }
  }
  return soFar(at)
}
