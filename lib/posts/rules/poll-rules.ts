import { duration, listed } from '@/lib/core/format'
import { pollQuestion, type PollLimits } from '@/lib/platforms/limits'
import type { OptionValues } from '@/lib/platforms/platform'
import { measure } from '@/lib/platforms/text'
import type { JudgedAccount } from './rules'
import type { PostContent, Problem } from '../schema'

type Found = Omit<Problem, 'accountId' | 'platform'>
const refusal = (message: string): Found => ({ field: 'poll', severity: 'refusal', message })

/** In code points, where a network has no rule of its own: the contract's default. */
const optionMax = 100

/**
 * What a network would say of a question to readers.
 * @param sent the text as it will be sent, with a link that goes into it
 */
export function pollProblems(
  { poll, text, mediaIds }: Pick<PostContent, 'poll' | 'text' | 'mediaIds'>,
  { label, limits }: Pick<JudgedAccount, 'label' | 'limits'>,
  chosen: OptionValues = {},
  sent = text,
): Found[] {
  if (!poll) return []
  if (!limits.poll) return [refusal(`${label} takes no polls from programs. Leave the poll out there.`)]
  return [
    ...(mediaIds.length > 0 && !limits.poll.besideMedia
      ? [refusal(`${label} takes a poll or files, not both. Remove one or the other.`)]
      : []),
    ...(limits.poll.needsText && sent.trim() === ''
      ? [refusal(`${label} wants words with a poll. Write what it asks.`)]
      : []),
    ...questionProblems(text, chosen, limits.poll, label),
    ...optionProblems(poll.options, limits.poll, label),
    ...durationProblems(poll.minutes, limits.poll, label),
    ...(poll.multiple && !limits.poll.multiple
      ? [refusal(`${label} lets readers choose one answer only. Turn off several answers.`)]
      : []),
  ]
}

function optionProblems(options: readonly string[], { options: count, option: rule }: PollLimits, label: string) {
  const said = options.map((option) => option.trim())
  const empty = said.flatMap((option, index) => (option === '' ? [index + 1] : []))
  const found: Found[] = []
  if (options.length < count.min)
    found.push(refusal(`${label} wants at least ${count.min} answers in a poll: add ${count.min - options.length}.`))
  if (options.length > count.max)
    found.push(refusal(`${label} takes ${count.max} answers in a poll: remove ${options.length - count.max}.`))
  if (empty.length > 0)
    found.push(
      refusal(
        empty.length === 1
          ? `Answer ${empty[0]} of the poll is empty. Fill it in, or remove it.`
          : `Answers ${listed(empty.map(String))} of the poll are empty. Fill them in, or remove them.`,
      ),
    )
  if (new Set(said).size < said.length && empty.length === 0)
    found.push(refusal(`${label} wants answers that differ. Two of this poll are the same.`))
  for (const [index, option] of said.entries()) {
    const over = [...option].length - optionMax
    const problems = rule
      ? measure(option, rule).problems
      : over > 0
        ? [`${label} takes ${optionMax} characters: remove ${over}.`]
        : []
    found.push(...problems.map((message) => refusal(`Answer ${index + 1} of the poll: ${message}`)))
  }
  return found
}

function questionProblems(text: string, chosen: OptionValues, { question }: PollLimits, label: string): Found[] {
  if (!question) return []
  const length = [...pollQuestion(text, chosen[question.option])].length
  if (length === 0)
    return [refusal(`${label} wants a question for its poll. Write it there, or begin the text with it.`)]
  return length > question.max
    ? [
        refusal(
          `${label} takes ${question.max} characters for the question of a poll, and the first line of the text has ${length}. Write a shorter question there.`,
        ),
      ]
    : []
}

const minute = 60_000
const spoken = (minutes: number): string => duration(minutes * minute)

function durationProblems(minutes: number, { minutes: range, durations }: PollLimits, label: string): Found[] {
  if (durations)
    return durations.includes(minutes)
      ? []
      : [refusal(`${label} keeps a poll open for ${durations.map(spoken).join(', ')}. Choose one of these.`)]
  if (minutes < range.min || minutes > range.max)
    return [
      refusal(`${label} keeps a poll open for ${spoken(range.min)} to ${spoken(range.max)}, not ${spoken(minutes)}.`),
    ]
  return []
}
