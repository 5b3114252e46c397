import type { Boundary, Pieces, Unit } from './boundaries'

type Cut = { readonly end: number; readonly start: number }
type Fits = (part: string) => boolean

/** Takes a text apart from its beginning, one part after the other. */
export type Cutter = {
  /** Nothing but spaces is left. */
  done(): boolean
  /** The next part, as long as `fits` allows; undefined when not even its first unit fits. */
  next(fits: Fits): string | undefined
  /** The unit that the next part begins with. */
  unit(): Unit | undefined
}

/** Above this many UTF-16 units a word is not measured whole, which would take quadratic time. */
const longWord = 2000

export function cutterOf(text: string, { units, boundaries }: Pieces): Cutter {
  const end = units.at(-1)?.end ?? 0
  let start = units[0]?.start ?? 0
  let boundary = 0
  let unit = 0

  function cut(fits: (to: number) => boolean): Cut | undefined {
    const wordEnd = boundaries[boundary]?.end ?? end
    if (wordEnd - start > longWord) {
      const last = lastUnit(fits)
      if (last === undefined || (units[last]?.end ?? 0) < wordEnd) return afterUnit(last)
    }
    return atBoundary(boundaries, boundary, { start, end }, fits) ?? afterUnit(lastUnit(fits))
  }

  const lastUnit = (fits: (to: number) => boolean): number | undefined =>
    lastThatFits(unit, units.length - 1, (index) => fits(units[index]?.end ?? 0))

  /** Cuts inside a word, where possible so that the next part does not begin with what was no mention or hashtag before. */
  function afterUnit(last: number | undefined): Cut | undefined {
    if (last === undefined) return undefined
    let chosen = last
    while (chosen > unit && !units[chosen + 1]?.span && /^[@＠#＃$]/.test(text.charAt(units[chosen + 1]?.start ?? 0)))
      chosen -= 1
    const ending = units[chosen > unit ? chosen : last]
    const beginning = units[(chosen > unit ? chosen : last) + 1]
    return ending && { end: ending.end, start: beginning?.start ?? ending.end }
  }

  return {
    done: () => start >= end,
    unit: () => units[unit],
    next(fits) {
      const found = cut((to) => fits(text.slice(start, to)))
      if (!found) return undefined
      const part = text.slice(start, found.end)
      start = found.start
      while (boundary < boundaries.length && (boundaries[boundary]?.start ?? 0) <= start) boundary += 1
      while (unit < units.length && (units[unit]?.start ?? 0) < start) unit += 1
      return part
    },
  }
}

/** The best of the boundaries from `first` on whose text still fits; the end of the text is one of them. */
function atBoundary(
  boundaries: readonly Boundary[],
  first: number,
  { start, end }: Cut,
  fits: (to: number) => boolean,
): Cut | undefined {
  const at = (index: number): Cut => boundaries[index] ?? { end, start: end }
  const last = lastThatFits(first, boundaries.length, (index) => fits(at(index).end))
  if (last === undefined) return undefined
  const furthest = boundaries[last]
  if (!furthest) return at(last)
  let best = furthest
  // A post should be at least half full: a heading alone is a poor post.
  for (let index = last; index >= first; index -= 1) {
    const candidate = boundaries[index]
    if (!candidate || (candidate.end - start) * 2 < furthest.end - start) break
    if (candidate.strength > best.strength) best = candidate
  }
  return best === furthest || fits(best.end) ? best : furthest
}

/** The largest index from `first` to `bound` that passes, where all before a passing one pass. Asks O(log) times. */
function lastThatFits(first: number, bound: number, passes: (index: number) => boolean): number | undefined {
  if (!passes(first)) return undefined
  let good = first
  let step = 1
  while (good + step <= bound && passes(good + step)) {
    good += step
    step *= 2
  }
  let bad = Math.min(good + step, bound + 1)
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (passes(middle)) good = middle
    else bad = middle
  }
  return good
}
