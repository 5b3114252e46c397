import type { Reply } from '../core/call'
import { graphProblem } from '../core/graph'

/** What a message fails with, at once or in a report afterwards (WhatsApp Cloud API, error codes). */
export const failures = {
  131_020: 'Bad Group',
  131_026: 'Message undeliverable',
  131_041: 'Group unknown',
  131_047: 'Re-engagement message',
  131_053: 'Media upload error',
  132_000: 'Number of parameters does not match the expected number of params',
  132_001: 'Template name does not exist in the translation',
} as const
export type FailureCode = keyof typeof failures

export const refused = (code: FailureCode, status = 400): Reply =>
  graphProblem({ status, code, message: `(#${code}) ${failures[code]}` })

/** One person is written to every 6 seconds at most, after a burst. */
export const tooFast = (): Reply =>
  graphProblem({
    status: 400,
    code: 131_056,
    message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
  })

export const tooMany = (): Reply => graphProblem({ status: 429, code: 130_429, message: '(#130429) Rate limit hit' })
