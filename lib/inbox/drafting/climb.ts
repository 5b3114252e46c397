import { confidenceAfter, draftAnswer, problemsOf } from '@/lib/ai'
import type { Drafted, DraftProblem, DraftRequest } from '@/lib/ai/schema'
import { ok, type Result } from '@/lib/core/result'
import { understand } from '@/lib/language'
import type { TextRule } from '@/lib/platforms/text'
import type { Ctx } from '@/lib/workspace'

type Judged = {
  readonly draft: Drafted
  readonly problems: readonly DraftProblem[]
  readonly confidence: number
  readonly language: string | null
}
type Checks = {
  readonly rule: TextRule
  readonly message: string
  readonly authorHandle: string
  readonly language: string | null
}

/** Has a draft written, and holds against it what speaks against it. */
export async function judged(ctx: Ctx, request: DraftRequest, checks: Checks): Promise<Result<Judged>> {
  const answer = await draftAnswer(ctx, request)
  if (!answer.ok) return answer
  const draft = answer.value
  const { text, origin, voice, grounds, sources } = draft
  const { rule, message, authorHandle } = checks
  const seen = understand(text)
  const language = { asked: checks.language, seen: seen.language.code }
  const isToxic = seen.toxicity.isToxic
  const problems = problemsOf({ text, origin, rule, voice, grounds, message, authorHandle, language, isToxic })
  const confidence = confidenceAfter(draft.confidence, { origin, sources: sources.length, problems })
  return ok({ draft, problems, confidence, language: seen.language.code })
}

/**
 * The small model first. The large one is asked only when our checks find fault, or the policy wants more certainty, and
 * at once by who was not content with a draft before. What both cost is the draft's.
 */
export async function climb(
  again: boolean,
  sureEnough: number,
  ask: (size: 'small' | 'large') => Promise<Result<Judged>>,
): Promise<Result<Judged>> {
  const first = await ask(again ? 'large' : 'small')
  if (!first.ok || !first.value.draft.mayClimb) return first
  const { draft, problems, confidence } = first.value
  if (draft.origin === 'model' && problems.length === 0 && confidence >= sureEnough) return first
  const second = await ask('large')
  if (!second.ok) return second
  const isBetter = second.value.draft.origin === 'model' && second.value.problems.length <= problems.length
  const best = isBetter || draft.origin !== 'model' ? second.value : first.value
  const costMicros = draft.costMicros + second.value.draft.costMicros
  return ok({ ...best, draft: { ...best.draft, costMicros } })
}
