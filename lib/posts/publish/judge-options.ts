import type { OptionValues, Platform } from '@/lib/platforms'
import type { Kinds } from '../rules/file-answers'
import { optionProblems } from '../rules/option-rules'

/**
 * Why a post cannot go out with what was chosen for its network, in whole sentences; undefined when it can. Asked once
 * more before the first try: nobody judged a post again that was only moved, that a series made from its template, or
 * that lay there when the rules changed, and an adapter would send something else, or leave it out.
 */
export function whyUnsound(
  chosen: OptionValues | undefined,
  { label, options = [] }: Pick<Platform, 'label' | 'options'>,
  files: Kinds,
): string | undefined {
  const refusals = optionProblems(chosen ?? {}, { label, options }, files)
  return refusals.length > 0 ? refusals.map(({ message }) => message).join(' ') : undefined
}
