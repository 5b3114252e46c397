import { cn } from '@/components/ui/cn'
import { Said } from '@/components/ui/said'
import type { ConversationCard } from '@/lib/inbox/schema'
import { isByUs, lastWords } from './inbox-looks'

type Props = { readonly card: ConversationCard; readonly className?: string }

/** What was said last, in one line, and that it was ours where it was. */
export function LastSaid({ card, className }: Props) {
  const words = (
    <Said as="span" line className={cn('min-w-0', !isByUs(card) && className)}>
      {lastWords(card)}
    </Said>
  )
  if (!isByUs(card)) return words
  // Beside their words and not in them: those run in the direction of their own script.
  return (
    <span className={cn('flex min-w-0 whitespace-pre', className)}>
      <span className="shrink-0">You: </span>
      {words}
    </span>
  )
}
