import { z } from 'zod'
import { incomingKinds } from '@/lib/platforms/platform'
import { isTimeZone } from '@/lib/workspace/schema'

const id = z.string().min(1).max(64)
/** One that is chosen from a list. */
const chosen = (what: string) => z.string(`Choose ${what}`).min(1, `Choose ${what}`).max(64)
const ids = z.array(id).max(50).default([])
const name = (what: string) => z.string().trim().min(1, `Enter ${what}`).max(60, 'Use at most 60 characters')
const minutes = z
  .number('Enter minutes')
  .int('Use whole minutes')
  .min(1, 'At least one minute')
  .max(525_600, 'At most a year')

/** Colours of labels, by name; components/routing says how each looks. */
export const labelColours = ['grey', 'red', 'amber', 'green', 'blue', 'violet'] as const
export type LabelColour = (typeof labelColours)[number]
export const SaveLabel = z.object({
  id: id.optional(),
  name: name('a name for the label'),
  colour: z.enum(labelColours),
})
export type LabelCard = { readonly id: string; readonly name: string; readonly colour: LabelColour }

export const ById = z.object({ id })
/** All of them, first to last. */
export const InOrder = z.object({ ids: z.array(id).min(1).max(200) })

/** Why conversations end, where nobody chose other words. */
export const usualDispositions: readonly string[] = ['Answered', 'No answer needed', 'Passed on', 'Duplicate', 'Spam']
const disposition = z.string().trim().min(1, 'is empty').max(40, 'Use at most 40 characters')
export const SaveDispositions = z.object({
  names: z
    .array(disposition)
    .min(1, 'Keep one at least')
    .max(20, 'Keep 20 at most')
    .refine((all) => new Set(all.map((name) => name.toLowerCase())).size === all.length, 'Say each once'),
  /** Whenever a person ends a conversation; otherwise only when they want to say it. */
  asks: z.boolean(),
})
export type Dispositions = { readonly names: readonly string[]; readonly asks: boolean }

const skill = z.string().trim().toLowerCase().min(1, 'is empty').max(40, 'Use at most 40 characters')
export const SaveTeam = z.object({
  id: id.optional(),
  name: name('a name for the team'),
  members: z
    .array(
      z.object({
        memberId: chosen('a person'),
        skills: z.array(skill).max(20).default([]),
        /** Conversations to do they may hold at once before the team gives them no more. */
        capacity: z
          .number('Enter a number')
          .int('Use a whole number')
          .min(1, 'At least 1')
          .max(1_000, 'At most 1,000')
          .default(50),
      }),
    )
    .max(200)
    .refine((all) => new Set(all.map(({ memberId }) => memberId)).size === all.length, 'Name each person once'),
})
export type TeamCard = {
  readonly id: string
  readonly name: string
  readonly members: readonly {
    readonly memberId: string
    readonly name: string
    readonly skills: readonly string[]
    readonly capacity: number
    readonly isOnline: boolean
    readonly isAway: boolean
  }[]
}
export const SetAway = z.object({ away: z.boolean() })

export const ruleMoments = ['conversation', 'message', 'sla_warned', 'sla_breached', 'escalated'] as const
/** `conversation`: somebody begins one. `message`: somebody says anything. `escalated`: AI left a message to a person. Each is asked once. */
export type RuleMoment = (typeof ruleMoments)[number]

/** A form says null of what was emptied, which here is the same as never said. */
const maybe = <T extends z.ZodType>(said: T) =>
  said
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()
const unit = maybe(z.number().min(-1).max(1))
const share = maybe(z.number().int().min(0).max(100))

/** All that is said must hold; of a list, one of it. What is left out is not asked. */
export const RuleConditions = z.object({
  kinds: z.array(z.enum(incomingKinds)).default([]),
  accountIds: ids,
  platforms: z.array(z.string().max(40)).max(50).default([]),
  intents: z.array(z.string().max(40)).max(20).default([]),
  /** Whole words or phrases, in any case; a `*` at the end stands for any ending. */
  words: z.array(z.string().trim().min(1).max(100)).max(100).default([]),
  sentimentAtLeast: unit,
  sentimentAtMost: unit,
  priorityAtLeast: share,
  priorityAtMost: share,
  leadAtLeast: share,
  leadAtMost: share,
  /** ISO 639-1. */
  languages: z.array(z.string().length(2, 'Use two letters, like en')).max(50).default([]),
  /** In small letters, as contacts have them. */
  contactTags: z.array(z.string().trim().toLowerCase().min(1).max(60)).max(50).default([]),
  /** Inside or outside the hours of the calendar named. */
  hours: z.object({ calendarId: chosen('hours'), within: z.boolean() }).optional(),
})
export type RuleConditions = z.output<typeof RuleConditions>

/** By turns, or to who has the smallest part of what they can hold. */
export const shareways = ['round_robin', 'load'] as const
export type Shareway = (typeof shareways)[number]

const toPerson = z.object({ do: z.literal('assign_person'), memberId: chosen('a person') })
const toTeam = z.object({
  do: z.literal('assign_team'),
  teamId: chosen('a team'),
  /** Nobody of them yet when absent. */
  by: maybe(z.enum(shareways)),
  /** Only to who has all of these. */
  skills: z.array(skill).max(10).default([]),
  /** Only to who is there. */
  onlineOnly: z.boolean().default(false),
})
const label = z.object({ do: z.literal('label'), labelIds: z.array(id).min(1, 'Choose a label').max(20) })
const state = z.object({
  do: z.literal('state'),
  state: z.enum(['todo', 'waiting', 'done']),
  /** Of the workspace's own words; goes with done. */
  disposition: maybe(disposition),
})

export const RuleAction = z.discriminatedUnion('do', [
  toPerson,
  toTeam,
  label,
  state,
  z.object({ do: z.literal('priority'), points: z.number('Enter points').int().min(-100).max(100) }),
  /** Keeps AI out of the conversation. */
  z.object({ do: z.literal('hold_ai') }),
  /** Calls for people: they are told of it. */
  z.object({ do: z.literal('notify'), memberIds: z.array(id).min(1, 'Choose whom to tell').max(50) }),
])
export type RuleAction = z.output<typeof RuleAction>

export const SaveRule = z.object({
  id: id.optional(),
  name: name('a name for the rule'),
  enabled: z.boolean().default(true),
  moment: z.enum(ruleMoments),
  conditions: RuleConditions,
  actions: z.array(RuleAction).min(1, 'Say what the rule does').max(10),
  /** Rules after it are not asked when it has fired. */
  stops: z.boolean().default(false),
})
export type Rule = Omit<z.output<typeof SaveRule>, 'id'> & { readonly id: string }
export type RuleCard = Rule & { readonly fired: number; readonly lastFiredAt: string | null }

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Write a time like 09:00')
const Interval = z
  .object({
    /** 1 is Monday, 7 is Sunday. */
    day: z.number().int().min(1).max(7),
    from: clockTime,
    to: clockTime,
  })
  .refine(({ from, to }) => from < to, { error: 'must end after it begins', path: ['to'] })
/** Intervals on the wall clock, several a day, none over another. */
export const Week = z
  .array(Interval)
  .min(1, 'Add hours on one day at least')
  .max(100)
  .refine(
    (all) => all.every((a, n) => all.every((b, m) => n === m || a.day !== b.day || a.to <= b.from || b.to <= a.from)),
    'Two of these hours overlap',
  )
const Holiday = z.object({ date: z.iso.date('Choose a day'), name: z.string().trim().max(60).default('') })
export const Holidays = z.array(Holiday).max(400)
export const SaveCalendar = z.object({
  id: id.optional(),
  name: name('a name for the hours'),
  timeZone: z.string().refine(isTimeZone, 'Choose a time zone from the list, like Europe/Zurich'),
  week: Week,
  holidays: Holidays.default([]),
})
export type Calendar = {
  readonly timeZone: string
  readonly week: z.output<typeof Week>
  readonly holidays: z.output<typeof Holidays>
}
export type CalendarCard = Calendar & { readonly id: string; readonly name: string }

export const PolicyConditions = z.object({
  kinds: z.array(z.enum(incomingKinds)).default([]),
  accountIds: ids,
  priorityAtLeast: share,
  priorityAtMost: share,
})
export type PolicyConditions = z.output<typeof PolicyConditions>
export const SavePolicy = z
  .object({
    id: id.optional(),
    name: name('a name for the promise'),
    enabled: z.boolean().default(true),
    conditions: PolicyConditions,
    /** Minutes are counted in these hours; around the clock when null. */
    calendarId: id.nullable(),
    firstReplyMinutes: minutes.nullable(),
    resolutionMinutes: minutes.nullable(),
    warnMinutes: z.number('Enter minutes').int().min(0).max(525_600),
    pauseWaiting: z.boolean().default(true),
    pauseSnoozed: z.boolean().default(true),
  })
  .refine(({ firstReplyMinutes, resolutionMinutes }) => firstReplyMinutes !== null || resolutionMinutes !== null, {
    error: 'Promise an answer, a solution, or both',
    path: ['firstReplyMinutes'],
  })
export type Policy = Omit<z.output<typeof SavePolicy>, 'id'> & { readonly id: string }
export const clockKinds = ['first_reply', 'resolution'] as const
export type ClockKind = (typeof clockKinds)[number]

/** What a saved reply can say of where it is used, and what each stands for. */
export const variables = {
  'contact.name': 'the person’s name',
  'contact.first_name': 'the first word of the person’s name',
  'contact.handle': 'the person’s name at the network',
  'account.name': 'our account’s name',
  'account.handle': 'our account’s name at the network',
  'agent.name': 'your name',
  'agent.first_name': 'the first word of your name',
  'workspace.name': 'the workspace’s name',
} as const
export type Variable = keyof typeof variables

export const SaveReply = z.object({
  id: id.optional(),
  name: name('a name for the saved reply'),
  text: z.string().trim().min(1, 'Enter the words').max(10_000),
})
export type SavedReplyCard = { readonly id: string; readonly name: string; readonly text: string }

export const MacroStep = z.discriminatedUnion('do', [
  toPerson,
  toTeam,
  /** To who runs the macro. */
  z.object({ do: z.literal('assign_me') }),
  label,
  z.object({ do: z.literal('unlabel'), labelIds: z.array(id).min(1, 'Choose a label').max(20) }),
  state,
  z.object({ do: z.literal('snooze'), minutes }),
  z.object({ do: z.literal('note'), text: z.string().trim().min(1, 'Enter the words').max(10_000) }),
  /** Answers the last message that wants an answer, in words for its author. */
  z.object({ do: z.literal('reply'), savedReplyId: chosen('a saved reply') }),
])
export type MacroStep = z.output<typeof MacroStep>
export const SaveMacro = z.object({
  id: id.optional(),
  name: name('a name for the macro'),
  steps: z
    .array(MacroStep)
    .min(1, 'Say what the macro does')
    .max(10)
    .refine((all) => all.filter((step) => step.do === 'reply').length <= 1, 'A macro answers once at most'),
})
export type MacroCard = { readonly id: string; readonly name: string; readonly steps: readonly MacroStep[] }
