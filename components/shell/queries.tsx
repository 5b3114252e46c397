'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

/** Once per workspace layout: what was read stays at hand while people go from page to page. */
export function Queries({ children }: { readonly children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            gcTime: 10 * 60_000,
            // The live stream tells what changed.
            refetchOnWindowFocus: false,
            retry: (failures, error) => failures < 2 && !(error instanceof ReadFailure && error.status < 500),
          },
        },
      }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

/** A read that was answered with a failure; `message` can be shown as it is. */
class ReadFailure extends Error {
  override readonly name = 'ReadFailure'
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message)
  }
}

/** Reads JSON from a route handler of ours. Throws `ReadFailure` with the server's own sentence. */
export async function read<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, { headers: { accept: 'application/json' }, ...(signal && { signal }) })
  if (answer.ok) return answer.json() as Promise<T> // What our own handler sends, by the type of its query.
  const said: { error?: { message?: string } } = await answer.json().catch(() => ({}))
  throw new ReadFailure(
    said.error?.message ?? 'The server did not answer as it should. Wait a moment and try again.',
    answer.status,
  )
}
