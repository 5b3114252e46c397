import type { ConversationCard } from '@/lib/inbox/schema'
import { LabelDot } from './label-dot'

/** The labels on a conversation. */
export const LabelChips = ({ labels }: Pick<ConversationCard, 'labels'>) => (
  <ul aria-label="Labels" className="flex flex-wrap gap-x-3 gap-y-1">
    {labels.map(({ id, name, colour }) => (
      <li key={id} className="inline-flex items-center gap-1.5">
        <LabelDot colour={colour} />
        {name}
      </li>
    ))}
  </ul>
)
