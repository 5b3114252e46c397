import type { MediaCard } from '@/lib/media/schema'
import { measure, type Measure } from '@/lib/platforms/text'
import {
  countedText,
  limitsOf,
  priceMicros,
  problems,
  textRule,
  type JudgedMedia,
  type Problem,
  type TargetAccount,
} from '@/lib/posts/schema'
import { wordsIn, type Draft } from './draft'

/** What an account's network would say of the draft. */
export type Judged = {
  readonly account: TargetAccount
  readonly count: Measure
  readonly refusals: readonly Problem[]
  readonly advice: readonly Problem[]
  /** Millionths of a US dollar; undefined where posting is free. */
  readonly priceMicros: number | undefined
}

const asJudged = ({ width, height, durationMs, pages, frames, ...card }: MediaCard): JudgedMedia => ({
  ...card,
  ...(width && height ? { width, height } : {}),
  ...(durationMs === null ? {} : { durationMs }),
  ...(pages === null ? {} : { pages }),
  ...(frames === null ? {} : { frames }),
})

/** Judges by the rules that the server refuses by. */
export function judge(
  draft: Draft,
  chosen: readonly TargetAccount[],
  media: ReadonlyMap<string, MediaCard>,
): readonly Judged[] {
  const files = [...media.values()].map(asJudged)
  return chosen.map((account) => {
    const override = draft.targets.find(({ accountId }) => accountId === account.id)?.override
    const found = problems(draft.content, override, account, files)
    const words = wordsIn(draft, account.id)
    const inFormat = { ...account, limits: limitsOf(account, override?.options) }
    return {
      account,
      count: measure(countedText(words, inFormat), textRule(words, inFormat)),
      refusals: found.filter(({ severity }) => severity === 'refusal'),
      advice: found.filter(({ severity }) => severity === 'advice'),
      priceMicros: priceMicros(draft.content, override, account),
    }
  })
}
