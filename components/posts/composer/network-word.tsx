'use client'

import { MessageCircleWarning, RadioTower } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Problems } from '@/components/ui/field'
import { listed } from '@/lib/core/format'
import { useDesk } from './composer-context'
import type { NetworkCheck } from './use-check'

/** Asks the networks themselves, where they can be asked: what a board or a creator forbids, and how much of a quota is used. */
export function AskNetworks({ network }: { readonly network: NetworkCheck }) {
  const { chosen } = useDesk()
  const asked = chosen.filter(({ isAskable }) => isAskable)
  if (asked.length === 0) return null
  const names = new Set(asked.map(({ label }) => label))
  const labels = listed(names)
  const isClear = network.said?.every(({ objections, unasked }) => objections.length === 0 && !unasked)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <Button
        size="small"
        icon={<RadioTower aria-hidden />}
        busy={network.isAsking}
        onClick={() => void network.ask()}
        title="Also done by itself before the post is scheduled"
      >
        Check with {labels}
      </Button>
      {isClear && (
        <output className="text-meta text-text-2">
          {labels} {names.size === 1 ? 'has' : 'have'} nothing against it.
        </output>
      )}
      {network.problem && <Problems problems={[network.problem]} />}
    </div>
  )
}

/** What an account's network said against the post. */
export function NetworkWord({ network, accountId }: { readonly network: NetworkCheck; readonly accountId: string }) {
  const said = network.said?.find((one) => one.accountId === accountId)
  if (!said) return null
  const sentences = said.unasked ? [said.unasked] : [...said.objections, ...said.untried]
  return (
    <>
      {sentences.map((sentence) => (
        <li key={sentence} className="flex items-start gap-1.5 text-review">
          <MessageCircleWarning aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {sentence}
        </li>
      ))}
    </>
  )
}
