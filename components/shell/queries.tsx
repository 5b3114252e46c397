'use client'

import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { offlineWords } from './online'

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
export const read = <T,>(address: string, signal?: AbortSignal): Promise<T> => ask(address, {}, signal)

/** The same, for questions that are too long for an address. */
export const readAbout = <T,>(address: string, question: unknown, signal?: AbortSignal): Promise<T> =>
  ask(
    address,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(question) },
    signal,
  )

type How = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string }

/** Browsers say “Failed to fetch”, each in other words; people are told what it means. */
async function reached<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work
  } catch (error) {
    // Who broke it off is told so, and nobody else.
    if (signal?.aborted) throw error
    throw new ReadFailure(
      onlineManager.isOnline() ? 'Posthorn did not answer. Check your connection and try again.' : offlineWords.read,
      503,
    )
  }
}

async function ask<T>(address: string, how: How, signal: AbortSignal | undefined): Promise<T> {
  const headers = { accept: 'application/json', ...how.headers }
  const answer = await reached(fetch(address, { ...how, headers, ...(signal && { signal }) }), signal)
  if (answer.ok) return reached<T>(answer.json(), signal) // What our own handler sends, by the type of its query.
  const said: { error?: { message?: string } } = await answer.json().catch(() => ({}))
  throw new ReadFailure(
    said.error?.message ?? 'The server did not answer as it should. Wait a moment and try again.',
    answer.status,
  )
}
