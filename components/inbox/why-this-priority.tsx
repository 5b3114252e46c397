'use client'

import type { ConversationDetail, Factor } from '@/lib/inbox/schema'
import { useState, type ReactNode } from 'react'
import { HowItReads } from './how-it-reads'

/** Why a conversation weighs what it weighs: every factor and its points, and how its words were understood. */
export function WhyThisPriority({ conversation }: { readonly conversation: ConversationDetail }) {
  const { priority, leadScore, reasons } = conversation
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Score name="Priority" score={priority} factors={reasons.priority?.factors ?? []} onToggle={setOpen}>
        {isOpen && <HowItReads conversation={conversation} />}
      </Score>
      {leadScore > 0 && <Score name="Lead score" score={leadScore} factors={reasons.lead?.factors ?? []} />}
    </>
  )
}

type ScoreProps = {
  readonly name: string
  readonly score: number
  readonly factors: readonly Factor[]
  readonly onToggle?: (isOpen: boolean) => void
  readonly children?: ReactNode
}

function Score({ name, score, factors, onToggle, children }: ScoreProps) {
  return (
    <details className="text-table" onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}>
      <summary className="rounded-control">
        {name} <span className="font-semibold tabular-nums">{score}</span>
        <span className="text-text-3"> of 100 · why?</span>
      </summary>
      <ul className="mt-1.5 flex flex-col gap-1 border-l pl-3 text-meta text-text-2">
        {factors.map(({ name: key, label, points }) => (
          <li key={key} className="flex justify-between gap-3">
            <span>{label}</span>
            <span className="tabular-nums">{signed(points)}</span>
          </li>
        ))}
      </ul>
      {children}
    </details>
  )
}

const signed = (points: number) => (points > 0 ? `+${points}` : points)
