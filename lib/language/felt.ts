import { spoken } from './language'
import type { Understanding } from './schema'

/** English is written in Latin letters; an emoji shows a feeling in every language. */
const showsSomething = /\p{Script=Latin}|\p{Extended_Pictographic}/u

/**
 * How a text feels, -1 to 1; null where that was not measured: no words but links, handles and numbers, or words of a
 * language that is not read and no emoji beside them that feels something. What is null is no 0, and counts nowhere.
 */
export function feltIn(
  text: string,
  { isMeasured, sentiment }: Pick<Understanding, 'isMeasured' | 'sentiment'>,
): number | null {
  const isRead = isMeasured && showsSomething.test(spoken(text))
  return isRead || sentiment.tokens.some(({ by }) => by !== 'model') ? sentiment.score : null
}
