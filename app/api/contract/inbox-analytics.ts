import { z } from 'zod'
import { ReportOn } from '@/lib/analytics/schema'
import { endpoint, exactly } from './endpoint'
import { Id } from './words'

const took = z.object({ medianMs: z.number().nullable(), p90Ms: z.number().nullable(), n: z.number().int() })
const count = z.number().int()
const promises = z.object({ kept: count, broken: count, owed: count })

export const readAnalytics = endpoint({
  id: 'readInboxAnalytics',
  method: 'GET',
  path: '/api/inbox/analytics',
  tag: 'Inbox',
  summary: 'See how people are answered',
  description:
    'Of questions, `asked` of them: a question is what one person began to say in one thread within the last `days`, so that under a post each who comments asks one; in a chat, whoever writes after a person’s answer, or after it was done, asks anew. Spam and what wants no answer is left out. `answered` are those where a person answered that very person, and `leads` those with anything of a lead score of 50 and more. Times are milliseconds from their first word, `resolution` to when the thread was done; answers of programs are counted apart. `sentiment` is the average of a day, -1 to 1, of `n` messages: those whose words were read, so likes, pictures, spam and languages that are not read are no part of it. `byHour` is what wants an answer, without spam. `promises` are those whose time began within the period: a promise of an answer is `kept` by a person’s answer, and `unanswered` where its conversation ended in time without one. `businessHours` counts the same times in the hours named by `calendarId`, or else the first.',
  scope: 'analytics.view',
  query: exactly({
    days: z.coerce.number().pipe(ReportOn.shape.days.unwrap()).default(28),
    accountId: z.array(Id).max(50).optional(),
    calendarId: Id.optional(),
  }),
  answer: z.object({
    report: z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      asOf: z.iso.datetime(),
      timeZone: z.string(),
      asked: count,
      answered: count,
      answeredByProgram: count,
      firstReply: took,
      resolution: took,
      programReply: took,
      businessHours: z.object({ id: z.string(), name: z.string(), firstReply: took, resolution: took }).nullable(),
      promises: z.object({ firstReply: promises.extend({ unanswered: count }), resolution: promises }),
      isSample: z.boolean(),
      leads: count,
      sentiment: z.array(z.object({ day: z.string(), average: z.number(), n: count })),
      byHour: z.array(count),
      answersByHour: z.array(count),
      people: z.array(z.object({ memberId: z.string(), name: z.string(), answers: count, open: count })),
    }),
  }),
})
