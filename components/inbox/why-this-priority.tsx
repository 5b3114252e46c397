import type { ConversationDetail, Factor } from '@/lib/inbox/schema'

/** Why a conversation weighs what it weighs: every factor and its points. */
export function WhyThisPriority({
  conversation: { priority, leadScore, reasons },
}: {
  readonly conversation: ConversationDetail
}) {
  return (
    <>
      <Score name="Priority" score={priority} factors={reasons.priority?.factors ?? []} />
      {leadScore > 0 && <Score name="Lead score" score={leadScore} factors={reasons.lead?.factors ?? []} />}
    </>
  )
}

type ScoreProps = { readonly name: string; readonly score: number; readonly factors: readonly Factor[] }

function Score({ name, score, factors }: ScoreProps) {
  return (
    <details className="text-table">
      <summary className="rounded-control">
        {name} <span className="font-semibold tabular-nums">{score}</span>
        <span className="text-text-3"> of 100 · why?</span>
      </summary>
      <ul className="mt-1.5 flex flex-col gap-1 border-l pl-3 text-meta text-text-2">
        {factors.map(({ name: key, label, points }) => (
          <li key={key} className="flex justify-between gap-3">
            <span>{label}</span>
            <span className="tabular-nums">{points > 0 ? `+${points}` : points}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
