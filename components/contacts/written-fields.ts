export type FieldRow = { readonly key: number; readonly name: string; readonly value: string }

type Written = {
  readonly fields: Readonly<Record<string, string>>
  /** What would be lost, by the key of its row. While there is any, nothing may be saved. */
  readonly problems: ReadonlyMap<number, string>
}

/** What the rows of a form say; one without a name and a value says nothing. Each name stands once, in its first row. */
export function writtenFields(rows: readonly FieldRow[]): Written {
  const fields = new Map<string, string>()
  const problems = new Map<number, string>()
  for (const row of rows) {
    const [name, value] = [row.name.trim(), row.value.trim()]
    if (!name && !value) continue
    if (!name) problems.set(row.key, 'Name this field, or remove it: a value is kept under a name.')
    else if (fields.has(name))
      problems.set(row.key, `There is a field “${name}” above. Give this one another name, or change the value there.`)
    else fields.set(name, value)
  }
  return { fields: Object.fromEntries(fields), problems }
}
