'use client'

import { answerOf } from '@/components/workspace/answer-of'
import { startConnectionAction } from '@/lib/accounts/actions'
import { useState } from 'react'

/** Sends the person to a network's consent page. `start` gives back why it could not. */
export function useStartConnection(slug: string) {
  const [going, setGoing] = useState<string>()
  async function start(
    way: { readonly platform: string; readonly method: string; readonly server?: string | null },
    { projectId, accountId }: { readonly projectId?: string | undefined; readonly accountId?: string } = {},
  ) {
    setGoing(`${way.platform} ${way.method}`)
    const started = await answerOf(
      startConnectionAction(slug, {
        platform: way.platform,
        method: way.method,
        ...(way.server ? { server: way.server } : {}),
        ...(projectId ? { projectId } : {}),
        ...(accountId ? { accountId } : {}),
      }),
    )
    if (started.ok) {
      window.location.assign(started.value.url)
      return undefined
    }
    setGoing(undefined)
    return started.error
  }
  return {
    start,
    isGoing: ({ platform, method }: { readonly platform: string; readonly method: string }) =>
      going === `${platform} ${method}`,
  }
}
