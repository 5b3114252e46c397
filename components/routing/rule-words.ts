import type { MacroStep, PolicyConditions, RuleAction, RuleConditions } from '@/lib/routing/schema'
import { kindOptions, nameIn, networkName, sayIntent, sayMinutes, type Choices } from './choices'

const quoted = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(', ')
const kindName = (kind: string): string => kindOptions.find(({ value }) => value === kind)?.label ?? kind

/** What must hold, in words; one phrase for each thing asked. */
export function conditionWords(asked: RuleConditions | PolicyConditions, choices: Choices): readonly string[] {
  const words: string[] = []
  if (asked.kinds.length > 0) words.push(asked.kinds.map(kindName).join(' or '))
  if (asked.accountIds.length > 0)
    words.push(`to ${asked.accountIds.map((id) => nameIn(choices.accounts, id)).join(' or ')}`)
  if ('words' in asked) {
    if (asked.platforms.length > 0) words.push(`on ${asked.platforms.map(networkName).join(' or ')}`)
    if (asked.words.length > 0) words.push(`says ${quoted(asked.words)}`)
    if (asked.intents.length > 0) words.push(asked.intents.map(sayIntent).join(' or '))
    if (asked.languages.length > 0) words.push(`in ${asked.languages.join(' or ')}`)
    if (asked.contactTags.length > 0) words.push(`by somebody tagged ${quoted(asked.contactTags)}`)
    words.push(...bounds('sentiment', asked.sentimentAtLeast, asked.sentimentAtMost))
    words.push(...bounds('lead score', asked.leadAtLeast, asked.leadAtMost))
    if (asked.hours)
      words.push(`${asked.hours.within ? 'within' : 'outside'} “${nameIn(choices.calendars, asked.hours.calendarId)}”`)
  }
  words.push(...bounds('priority', asked.priorityAtLeast, asked.priorityAtMost))
  return words
}

function bounds(what: string, least: number | undefined, most: number | undefined): readonly string[] {
  if (least !== undefined && most !== undefined) return [`${what} ${least} to ${most}`]
  if (least !== undefined) return [`${what} ${least} or more`]
  return most === undefined ? [] : [`${what} ${most} or less`]
}

/** What is done, in words. */
export function actWords(act: RuleAction | MacroStep, choices: Choices): string {
  switch (act.do) {
    case 'assign_person':
      return `give it to ${nameIn(choices.members, act.memberId)}`
    case 'assign_team':
      return `give it to ${nameIn(choices.teams, act.teamId)}${act.by ? { round_robin: ', by turns', load: ', to who has least to do' }[act.by] : ''}`
    case 'assign_me':
      return 'give it to who runs it'
    case 'label':
      return `label it ${act.labelIds.map((id) => nameIn(choices.labels, id)).join(', ')}`
    case 'unlabel':
      return `take off ${act.labelIds.map((id) => nameIn(choices.labels, id)).join(', ')}`
    case 'state':
      return `it is ${{ todo: 'to do', waiting: 'waiting', done: 'done' }[act.state]}${act.disposition ? `: ${act.disposition}` : ''}`
    case 'snooze':
      return `snooze it for ${sayMinutes(act.minutes)}`
    case 'priority':
      return `priority ${act.points > 0 ? '+' : '−'}${Math.abs(act.points)}`
    case 'hold_ai':
      return 'keep AI out of it'
    case 'notify':
      return `call ${act.memberIds.map((id) => nameIn(choices.members, id)).join(', ')}`
    case 'note':
      return 'write a note'
    case 'reply':
      return `answer with “${nameIn(choices.replies, act.savedReplyId)}”`
  }
}

/** Whom a rule or a macro gives conversations in vain, each with what to do about it. */
export const vainWords = (acts: readonly (RuleAction | MacroStep)[], { members }: Choices): readonly string[] =>
  acts.flatMap((act) => {
    if (act.do !== 'assign_person') return []
    const named = members.find(({ id }) => id === act.memberId)
    if (named?.mayAnswer) return []
    return named
      ? [`${named.name} may not answer, so it is given to nobody: name somebody else, or change their role.`]
      : ['Whom it names is not here any more, so it is given to nobody: name somebody else.']
  })
