import { oneLine } from '@/lib/platforms/text'

/**
 * Which of an account's own, on their way or in doubt, a report is about that gives no more than words: the only one that
 * says the same. Undefined when none or several do; and when it is being sent, for its own worker will say.
 * @param open is to be read before it is asked whether another of ours has the reported name already: what was being sent
 *   a moment ago is then either among these or has its name by now
 */
export function meantBy<T extends { readonly text: string; readonly state: string }>(
  said: string,
  open: readonly T[],
): T | undefined {
  const same = open.filter(({ text }) => oneLine(text) === oneLine(said))
  const [only] = same
  return only && same.length === 1 && only.state !== 'sending' ? only : undefined
}
