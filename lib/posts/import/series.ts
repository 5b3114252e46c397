import { isDeepStrictEqual } from 'node:util'
import { wallOf } from '@/lib/core/wall'
import { readRule } from '../times/rrule'
import { instantOfRule } from '../times/wall-time'

export type KeptSeries = {
  readonly rule: string
  readonly timeZone: string
  readonly startsAt: string
  readonly madeUntil: Date | null
}
type OfSeries = { readonly publishAt: Date; readonly words: unknown }

/**
 * The rule by which a series goes on from the first of its posts that are yet to come; undefined when these posts are
 * not, each of them, as the rule makes them. Then each is written by itself, and no rule, which would make them twice.
 * @param posts by time
 */
export function ruleOf(
  { rule, timeZone, startsAt, madeUntil }: KeptSeries,
  posts: readonly OfSeries[],
): string | undefined {
  const series = readRule(rule, startsAt, timeZone)
  const [first] = posts
  if (!series.ok || !first) return undefined
  const from = wallOf(first.publishAt, timeZone)
  const until = madeUntil ? wallOf(madeUntil, timeZone) : from
  const before = from > startsAt ? series.value.between(startsAt, from) : []
  // A post that was moved, or that clocks moved, is none that the rule could begin at.
  if (from !== startsAt && before.at(-1) !== from) return undefined
  const made = [from, ...(until > from ? series.value.between(from, until) : [])].map((wallTime) => {
    const at = instantOfRule({ wallTime, timeZone })
    return at.ok ? at.value.getTime() : undefined
  })
  const isWhole =
    isDeepStrictEqual(
      posts.map(({ publishAt }) => publishAt.getTime()),
      made,
    ) && posts.every(({ words }) => isDeepStrictEqual(words, first.words))
  if (!isWhole) return undefined
  // A rule that counts begins anew where the file begins.
  return rule.replace(
    /(^|;|:)COUNT=(\d+)/i,
    (_, mark: string, count: string) => `${mark}COUNT=${Number(count) - before.length}`,
  )
}
