import { ruleFor, splitThread, type TextRule } from '@/lib/platforms/text'
import { fail, ok, type Result } from '@/lib/core/result'
import type { TargetAccount } from '@/lib/posts/schema'
import { everyone, wordsIn, write, type Draft, type Scope } from './draft'

/** The rule that leaves the least room, of the networks that have threads. */
export function strictest(accounts: readonly TargetAccount[]): TextRule | undefined {
  const rules = accounts
    .filter(({ threads }) => threads)
    .map(({ platform, limits }) => ruleFor('reply', platform, limits) ?? limits.text)
  return rules.toSorted((a, b) => a.max - b.max)[0]
}

/**
 * Splits the text into a thread that the strictest network takes. Accounts without threads keep the whole text, as
 * their own. Fails with a sentence when it cannot be split.
 */
export function split(draft: Draft, scope: Scope, chosen: readonly TargetAccount[]): Result<Draft, string> {
  const inScope = scope === everyone ? chosen : chosen.filter(({ id }) => id === scope)
  const rule = strictest(inScope)
  if (!rule) return fail('None of the chosen networks has threads. Choose one that has, like X or Bluesky.')
  const { text, thread } = wordsIn(draft, scope)
  const maxParts =
    Math.min(...inScope.filter(({ threads }) => threads).map(({ limits }) => limits.threadMax)) - thread.length
  const parts = splitThread(text, rule, { maxParts })
  if (!parts.ok) return fail(parts.reason)
  const [first = '', ...rest] = parts.parts
  const done = write(draft, scope, {
    text: first,
    thread: [...rest.map((part) => ({ text: part, mediaIds: [] })), ...thread],
  })
  const without = inScope.filter(({ id, threads }) => !threads && id !== scope)
  return ok(
    without.reduce((sofar, { id }) => {
      const before = wordsIn(draft, id)
      return write(sofar, id, { text: before.text, thread: before.thread })
    }, done),
  )
}
