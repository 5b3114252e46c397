import { confidenceAfter, draftAnswer, problemsOf, unbackedIn } from '@/lib/ai'
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
  /** What the knowledge base does not say, of what a model wrote. */
  readonly unbacked: readonly string[]
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
  const { text, origin, voice, grounds, knowledge, sources } = draft
  const { rule, message, authorHandle } = checks
  const seen = understand(text)
  const language = { asked: checks.language, seen: seen.language.code }
  const isToxic = seen.toxicity.isToxic
  const problems = problemsOf({ text, origin, rule, voice, grounds, message, authorHandle, language, isToxic })
  const confidence = confidenceAfter(draft.confidence, { origin, sources: sources.length, problems })
  const spoken = seen.language.code ?? checks.language
  const unbacked = origin === 'model' ? unbackedIn({ text, knowledge, signOff: voice.signOff, language: spoken }) : []
  return ok({ draft, problems, confidence, language: seen.language.code, unbacked })
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
  const { draft, confidence } = first.value
  // Only what may go out by itself must stand on the knowledge base word for word: a person may say it otherwise.
  const faults = ({ problems, unbacked }: Judged) => problems.length + (sureEnough > 0 ? unbacked.length : 0)
  if (draft.origin === 'model' && faults(first.value) === 0 && confidence >= sureEnough) return first
  const second = await ask('large')
  if (!second.ok) return second
  const isBetter = second.value.draft.origin === 'model' && faults(second.value) <= faults(first.value)
  const best = isBetter || draft.origin !== 'model' ? second.value : first.value
  const costMicros = draft.costMicros + second.value.draft.costMicros
  return ok({ ...best, draft: { ...best.draft, costMicros } })
}
