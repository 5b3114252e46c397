import { z } from 'zod'

/** Periods that can be asked for, in days up to now. */
export const reportDays = [7, 28, 90] as const
export const ReportOn = z.object({
  days: z.union(reportDays.map((days) => z.literal(days))).default(28),
  accountIds: z.array(z.string().min(1).max(64)).max(50).default([]),
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
  /** Conversations that somebody began within the period and that want an answer; spam left out. */
  readonly asked: number
  /** Of these, answered by a person. */
  readonly answered: number
  /** Of these, answered by a program before any person. */
  readonly answeredByProgram: number
  /** From the first word to the first answer of a person. */
  readonly firstReply: Took
  /** From the first word to done. */
  readonly resolution: Took
  /** From the first word to the first answer of a program, where that came before any person's. */
  readonly programReply: Took
  /** The same two times within business hours; null where no hours are set up. */
  readonly businessHours: {
    readonly id: string
    readonly name: string
    readonly firstReply: Took
    readonly resolution: Took
  } | null
  readonly promises: { readonly firstReply: Promises; readonly resolution: Promises }
  /** True when only the latest conversations were looked at, because there are so many. */
  readonly isSample: boolean
  /** Conversations begun within the period that look like business: a lead score of 50 and more. */
  readonly leads: number
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
