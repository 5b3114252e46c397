type Props = {
  readonly title: string
  readonly items: readonly { readonly id: string; readonly name: string; readonly message: string }[]
  readonly onOpen: (id: string) => void
}

/** Conversations, each with what is to be said of it. */
export function NamedList({ title, items, onOpen }: Props) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-table font-medium">{title}</h3>
      <ul aria-label={title} className="flex flex-col gap-2.5">
        {items.map(({ id, name, message }) => (
          <li key={id} className="flex flex-col gap-0.5 text-table">
            <button
              type="button"
              className="link w-fit text-left font-medium [overflow-wrap:anywhere]"
              onClick={() => onOpen(id)}
            >
              {name || 'A conversation'}
            </button>
            <span className="text-pretty text-text-2">{message}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
