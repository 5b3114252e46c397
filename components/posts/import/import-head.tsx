/** For cells that a phone shows within the second one. */
export const wide = 'hidden sm:table-cell'

/** The names above the rows of a file. On a phone everything of a row stands in the second of its cells. */
export const ImportHead = ({ columns }: { readonly columns: readonly string[] }) => (
  <thead>
    <tr className="border-b text-meta text-text-3 [&>th]:px-2 [&>th]:py-1.5 [&>th]:font-medium">
      {columns.map((name, place) => (
        <th key={name} scope="col" className={place > 1 ? wide : undefined}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
)
