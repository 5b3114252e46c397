type Props = {
  readonly title: string
  /** Each with what it counts for, where that is a number. */
  readonly words: readonly { readonly text: string; readonly number?: string }[]
}

/** Words of a message under what they were taken for. Nothing where there are none. */
export function WeighedWords({ title, words }: Props) {
  if (words.length === 0) return null
  return (
    <div className="flex flex-col gap-1">
      <h4 className="font-medium text-text-3">{title}</h4>
      <ul aria-label={title} className="flex flex-wrap gap-1">
        {words.map(({ text, number }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a word may stand there twice, and the list never changes
          <li key={at} className="rounded-full border px-2 py-0.5 [overflow-wrap:anywhere]">
            {text} {number && <span className="font-medium tabular-nums text-text">{number}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
