import { notFound } from 'next/navigation'
import type { Result } from '@/lib/core/result'

/** What a query gave for a page. What one may not see is not there; any other failure is a bug of the page. */
export function granted<T>(result: Result<T>): T {
  if (result.ok) return result.value
  if (result.error.code === 'FORBIDDEN' || result.error.code === 'NOT_FOUND') notFound()
  throw new Error(result.error.message)
}
