'use client'

import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import type { PostCheck, TargetAccount } from '@/lib/posts/schema'
import { chosenOf, fingerprint, type Draft } from './draft'
import type { NetworkCheck } from './use-check'

/**
 * Asks the networks before a post goes its way. What they say against it, and a quota that is fuller there than we had
 * counted, is read first; whoever sends it all the same has read it. A network that cannot be asked stops nothing: it is
 * asked again when the post is sent.
 */
export function useObjections(
  draft: Draft,
  accounts: readonly TargetAccount[],
  { network, foresight }: { readonly network: NetworkCheck; readonly foresight: PostCheck | undefined },
) {
  const [read, setRead] = useState<string>()
  const now = fingerprint(draft)
  return {
    async mayGo(): Promise<boolean> {
      if (read === now || !chosenOf(draft, accounts).some(({ isAskable }) => isAskable)) return true
      const check = await network.ask()
      const known = foresight?.foreseen.map(({ message }) => message) ?? []
      const quotas = check?.foreseen.filter(({ kind, message }) => kind === 'quota' && !known.includes(message)) ?? []
      const [first] = [
        ...(check?.network.flatMap((one) => one.objections) ?? []),
        ...quotas.map(({ message }) => message),
      ]
      if (!first) return true
      setRead(now)
      toast.failed(`${first} See the checks. Send it again to send it all the same.`)
      return false
    },
  }
}
