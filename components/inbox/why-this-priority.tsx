import type { ConversationDetail } from '@/lib/inbox/schema'

/** Why a conversation weighs what it weighs: every factor and its points. */
export function WhyThisPriority({
  conversation: { priority, leadScore, reasons },
}: {
  conversation: ConversationDetail
}) {
  const factors = reasons.priority?.factors ?? []
  return (
    <details className="text-table text-text-2">
      <summary className="cursor-pointer">
        Priority <span className="tabular-nums">{priority}</span> of 100
        {leadScore > 0 && (
          <>
            {' '}
            · lead score <span className="tabular-nums">{leadScore}</span>
          </>
        )}
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5">
        {factors.map(({ name, label, points }) => (
          <li key={name} className="flex justify-between gap-4">
            <span>{label}</span>
            <span className="tabular-nums">{points > 0 ? `+${points}` : points}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
