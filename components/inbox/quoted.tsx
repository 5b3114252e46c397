import { Said } from '@/components/ui/said'
import type { Quote } from '@/lib/inbox/schema'

type Props = { readonly quote: Quote; readonly onJump: (messageId: string) => void }

/** What a message answers, in a line, or in two where who said it has a long name: pressed, it leads there. */
export function Quoted({ quote: { id, own, author, text }, onJump }: Props) {
  return (
    <button
      type="button"
      onClick={() => onJump(id)}
      className="flex min-h-6 max-w-full flex-wrap items-center gap-x-1.5 border-l-2 border-line-strong pl-2 text-left text-meta text-text-3 transition-colors hover:text-text-2 touch:min-h-11"
    >
      <span className="sr-only">Answers</span>
      <Said as="span" line className="max-w-full font-medium">
        {own ? 'Us' : author || 'Somebody'}
      </Said>
      <Said as="span" line className="min-w-0 flex-1 basis-32">
        {text || 'Taken away at the network.'}
      </Said>
    </button>
  )
}
