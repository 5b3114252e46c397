/** The members of a Rest.li 2 `List(a,b)`, percent-decoded; undefined when it is no list. */
export function urnList(value: string | null): string[] | undefined {
  const inside = /^List\((.*)\)$/.exec(value ?? '')?.[1]
  return inside === undefined
    ? undefined
    : inside
        .split(',')
        .map((v) => v.trim().replaceAll(/%3A/gi, ':'))
        .filter(Boolean)
}
