import { z } from 'zod'

/** Periods that can be asked for, in days up to now. */
export const reportDays = [7, 28, 90] as const
/** A report is about so many accounts at most, or about all. */
export const mostAccounts = 50
export const ReportOn = z.object({
  days: z.literal(reportDays).default(28),
  accountIds: z.array(z.string().min(1).max(64)).max(mostAccounts).default([]),
  /** In whose hours times are also counted; the first by name when left out. */
  calendarId: z.string().min(1).max(64).optional(),
})

/** How long something took, over `n` times; null where there were none. Milliseconds. */
export type Took = { readonly medianMs: number | null; readonly p90Ms: number | null; readonly n: number }

/** Promises whose clocks began within the period: kept, broken, or still owed and not late. */
type Promises = { readonly kept: number; readonly broken: number; readonly owed: number }

/** How people were answered. Instants are ISO; days are of the workspace's clock. */
export type ResponseReport = {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly timeZone: string
  /**
   * Questions: what one person began to say in one thread within the period and wants an answer; in a chat, anew after a
   * person's answer or after it was done. Spam left out.
   */
  readonly asked: number
  /** Of these, those where a person answered whoever asked. */
  readonly answered: number
  /** Of these, answered by a program before any person. */
  readonly answeredByProgram: number
  /** From somebody’s first word to a person’s first answer to them. */
  readonly firstReply: Took
  /** From somebody’s first word to when its thread was done. */
  readonly resolution: Took
  /** From somebody’s first word to a program’s first answer to them, where that came before any person’s. */
  readonly programReply: Took
  /** The same two times within business hours; null where no hours are set up. */
  readonly businessHours: {
    readonly id: string
    readonly name: string
    readonly firstReply: Took
    readonly resolution: Took
  } | null
  readonly promises: {
    /** Kept by a person's answer; `unanswered` of them ended in time without one. */
    readonly firstReply: Promises & { readonly unanswered: number }
    readonly resolution: Promises
  }
  /** True when only the latest questions were looked at, because there are so many. */
  readonly isSample: boolean
  /** Of the questions, those that look like business: something in them has a lead score of 50 and more. */
  readonly leads: number
  /** Of the words that were read, `n` messages of a day: what was not measured is no part of it. */
  readonly sentiment: readonly { readonly day: string; readonly average: number; readonly n: number }[]
  /** What was said to us by the hour of the day, 0 to 23. */
  readonly byHour: readonly number[]
  /** What we said, people and programs, likewise. */
  readonly answersByHour: readonly number[]
  readonly people: readonly {
    readonly memberId: string
    readonly name: string
    /** Answers of theirs that went out within the period. */
    readonly answers: number
    /** What is theirs to do right now. */
    readonly open: number
  }[]
}

export const OverviewOf = z.object({
  days: z.number().int().min(1).max(365).default(28),
  platforms: z.array(z.string().max(40)).max(20).default([]),
  accountIds: z.array(z.string().min(1).max(64)).max(50).default([]),
  projectId: z.string().min(1).max(64).optional(),
})

/** Totals by what is counted: `likes`, `impressions`. */
export type Figures = Readonly<Record<string, number>>

/** How what was published within a period does. Instants are ISO. A post counts once for each account. */
export type Overview = {
  readonly from: string
  readonly to: string
  readonly published: number
  /** Of these, those that a network gave figures of. */
  readonly measured: number
  readonly figures: Figures
  readonly platforms: readonly {
    readonly platform: string
    readonly published: number
    readonly measured: number
    readonly figures: Figures
  }[]
}
