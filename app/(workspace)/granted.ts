import { notFound } from 'next/navigation'
import type { FailureCode, Result } from '@/lib/core/result'

const nothing: readonly FailureCode[] = ['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_ERROR']

/**
 * What a query gave for a page. What one may not see is not there, and an address that cannot be read leads nowhere; any
 * other failure is a bug of the page.
 */
export function granted<T>(result: Result<T>): T {
  if (result.ok) return result.value
  if (nothing.includes(result.error.code)) notFound()
  throw new Error(result.error.message)
}
