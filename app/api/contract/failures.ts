import { z } from 'zod'
import { httpStatus, type FailureCode } from '@/lib/core/result'
import { isChange } from '@/lib/core/same-origin'
import type { Endpoint } from './endpoint'
import { endpoints } from './endpoints'
import { code, instant } from './values'

export const ErrorAnswer = z.object({
  error: z.object({
    code: code.meta({ description: 'The closed list: a client may rely on there being no others.' }),
    message: z.string().meta({ description: 'A sentence for people: what happened, and what to do.' }),
    details: z
      .record(z.string(), z.array(z.string()))
      .optional()
      .meta({ description: 'Problems by field, with dots between levels: `content.text`.' }),
    timestamp: instant,
    requestId: z.string().meta({ description: 'Also in `X-Request-Id`. Name it when you ask for help.' }),
  }),
})

/** When each code is answered, with an example of its sentence. */
const meanings: Readonly<Record<FailureCode, { readonly when: string; readonly example: string }>> = {
  UNAUTHORIZED: {
    when: 'nothing says who asks',
    example: 'Say who you are: send `Authorization: Bearer` with an API key from the settings.',
  },
  FORBIDDEN: {
    when: 'the role or the key may not do this',
    example: 'This API key lacks the scope post.publish. Create a key that has it.',
  },
  INVALID_TOKEN: {
    when: 'the key is unknown or revoked',
    example: 'This API key is unknown or was revoked. Create another in the workspace’s settings.',
  },
  TOKEN_EXPIRED: {
    when: 'the key has expired',
    example: 'This API key has expired. Create another in the workspace’s settings.',
  },
  VALIDATION_ERROR: {
    when: 'a field is wrong; `details` says which',
    example: 'X counts 281 of 280 characters: remove 1.',
  },
  INVALID_INPUT: {
    when: 'the body is no JSON object, or too large',
    example: 'The body is not a JSON object. Send one, as UTF-8, with the type application/json.',
  },
  MISSING_REQUIRED_FIELD: { when: 'a field is missing', example: 'scheduledAt: is needed. Correct it and try again.' },
  NOT_FOUND: {
    when: 'there is no such thing in this workspace',
    example: 'There is no such post here. It may have been deleted: go back to the list.',
  },
  ALREADY_EXISTS: {
    when: 'there is one of this name',
    example: 'There is a project of this name already. Choose another name.',
  },
  CONFLICT: {
    when: 'it is being sent, was changed since, or the Idempotency-Key was used for another request',
    example: 'This post is being sent right now, so it cannot move.',
  },
  RATE_LIMIT_EXCEEDED: {
    when: 'too many requests; `Retry-After` says when to go on',
    example: 'Too many requests. Wait until the time in Retry-After and go on from there.',
  },
  QUOTA_EXCEEDED: {
    when: 'the plan’s limit is reached',
    example: 'This month’s posts are used up. Wait for the next month, or choose another plan.',
  },
  PLATFORM_API_ERROR: {
    when: 'the network did not answer, or not as it should',
    example: 'X could not be reached. Try again in a minute.',
  },
  PLATFORM_AUTH_FAILED: {
    when: 'the network no longer takes the account’s token',
    example: 'Reconnect this account to keep posting.',
  },
  AI_SERVICE_ERROR: { when: 'the model did not answer', example: 'The model did not answer. Try again in a minute.' },
  PUBLISHING_FAILED: {
    when: 'the network refused a post',
    example: 'The network refused this post. Its ledger says why.',
  },
  SCHEDULE_CONFLICT: {
    when: 'the time is taken',
    example: 'Another post of this series is at that time already. Choose another time.',
  },
  APPROVAL_REQUIRED: {
    when: 'somebody must approve first',
    example: 'This post waits for approval. Ask a manager to approve it.',
  },
  INTERNAL_ERROR: {
    when: 'a bug of ours',
    example: 'Something went wrong at our end. Try again; if it stays, tell whoever runs this Posthorn the request id.',
  },
  SERVICE_UNAVAILABLE: { when: 'a part is down', example: 'The database cannot be reached. Try again in a minute.' },
  MAINTENANCE_MODE: {
    when: 'work is being done on it',
    example: 'Posthorn is being updated. Try again in a few minutes.',
  },
}

const byStatus = Map.groupBy(Object.entries(httpStatus), ([, status]) => status)
const nameOf = (status: number) => `Failure${status}`

/** One answer for each status that a failure can have, with an example of each code. */
export function failureAnswers(headerNames: readonly string[]) {
  const used = [...byStatus].filter(([status]) => usedStatuses().has(status))
  return Object.fromEntries(
    used.map(([status, codes]) => [
      nameOf(status),
      {
        // Object.entries forgets what the keys are.
        description: codes.map(([code]) => `\`${code}\`: ${meanings[code as FailureCode].when}.`).join(' '),
        headers: Object.fromEntries(
          [...headerNames, ...(status === 429 ? ['Retry-After'] : [])].map((name) => [
            name,
            { $ref: `#/components/headers/${name}` },
          ]),
        ),
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ErrorAnswer' },
            examples: Object.fromEntries(codes.map(([code]) => [code, { value: exampleOf(code as FailureCode) }])),
          },
        },
      },
    ]),
  )
}

const exampleOf = (code: FailureCode) => ({
  error: {
    code,
    message: meanings[code].example,
    timestamp: '2026-11-21T09:00:00.000Z',
    requestId: '0199f3a0-0000-7000-8000-000000000000',
  },
})

const ofKeys: readonly FailureCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMIT_EXCEEDED']
const ofInput: readonly FailureCode[] = ['INVALID_INPUT', 'VALIDATION_ERROR']
/** What some endpoint can answer with: an answer that none refers to would be noise, and one that is missing a broken link. */
const usedStatuses = (): ReadonlySet<number> =>
  new Set(endpoints.flatMap((each) => Object.keys(failuresOf(each, true)).map(Number)))

/** The failures of an endpoint by status. `isOnce`: it takes an Idempotency-Key. */
export function failuresOf({ method, scope, failures }: Endpoint, isOnce: boolean) {
  const codes: readonly FailureCode[] = [
    ...(scope ? [...ofKeys, ...(isChange(method) ? ofInput : ofInput.slice(1))] : []),
    ...(isOnce ? (['CONFLICT'] as const) : []),
    ...failures,
    'INTERNAL_ERROR',
  ]
  const statuses = [...new Set(codes.map((code) => httpStatus[code]))].sort()
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]))
}
