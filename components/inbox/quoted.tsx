import type { Quote } from '@/lib/inbox/schema'

type Props = { readonly quote: Quote; readonly onJump: (messageId: string) => void }

/** What a message answers, in a line: pressed, it leads there. */
export function Quoted({ quote: { id, own, author, text }, onJump }: Props) {
  return (
    <button
      type="button"
      onClick={() => onJump(id)}
      className="flex min-h-6 max-w-full items-center gap-1.5 border-l-2 border-line-strong pl-2 text-left text-meta text-text-3 transition-colors hover:text-text-2 touch:min-h-11"
    >
      <span className="sr-only">Answers</span>
      <span className="max-w-[40%] shrink-0 truncate font-medium">{own ? 'Us' : author || 'Somebody'}</span>
      <span className="truncate">{text || 'Taken away at the network.'}</span>
    </button>
  )
}
