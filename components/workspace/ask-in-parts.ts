import { ok, type Result } from '@/lib/core/result'
import { answerOf } from './answer-of'

/** So many are changed with one call: few enough to see it go on, many enough to be quick. */
export const atOnce = 25

export type InParts<T> = {
  readonly answers: readonly T[]
  /** What the server was not asked about any more, because it was lost on the way. */
  readonly unasked: { readonly ids: readonly string[]; readonly message: string }
}

/**
 * Asks the server about any number of things, part after part, in their order. Fails only where nothing was done.
 * @param onPart is told after each part how many were asked about.
 */
export async function askInParts<T>(
  ids: readonly string[],
  ask: (part: string[]) => Promise<Result<T>>,
  onPart: (asked: number) => void = () => undefined,
): Promise<Result<InParts<T>>> {
  const answers: T[] = []
  for (let from = 0; from < ids.length; from += atOnce) {
    const answer = await answerOf(ask(ids.slice(from, from + atOnce)))
    if (!answer.ok) {
      if (from === 0) return answer
      return ok({ answers, unasked: { ids: ids.slice(from), message: answer.error.message } })
    }
    answers.push(answer.value)
    onPart(Math.min(from + atOnce, ids.length))
  }
  return ok({ answers, unasked: { ids: [], message: '' } })
}
