'use client'

import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { startConnectionAction } from '@/lib/accounts/actions'
import { useState } from 'react'

/** Sends the person to a network's consent page. `going` names the way while it is being prepared. */
export function useStartConnection(slug: string) {
  const [going, setGoing] = useState<string>()
  async function start(way: { readonly platform: string; readonly method: string }, projectId?: string) {
    setGoing(`${way.platform} ${way.method}`)
    const started = await answerOf(
      startConnectionAction(slug, {
        platform: way.platform,
        method: way.method,
        ...(projectId ? { projectId } : {}),
      }),
    )
    if (started.ok) return window.location.assign(started.value.url)
    setGoing(undefined)
    toast.failed(started.error.message)
  }
  return {
    start,
    isGoing: ({ platform, method }: { readonly platform: string; readonly method: string }) =>
      going === `${platform} ${method}`,
  }
}
