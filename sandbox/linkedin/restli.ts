import type { Call } from '../core/call'

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

/** The page a finder is asked for; undefined when it makes no sense. */
export function rangeOf(call: Call): { readonly start: number; readonly count: number } | undefined {
  const start = Number(call.query.get('start') ?? 0)
  const count = Number(call.query.get('count') ?? 10)
  return Number.isInteger(start) && start >= 0 && Number.isInteger(count) && count >= 1 && count <= 100
    ? { start, count }
    : undefined
}
