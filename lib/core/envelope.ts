import { httpStatus, type Failure } from './result'

/** How a failure looks to programs, at every address under /api. `timestamp` is ISO 8601 in UTC. */
type Envelope = {
  readonly error: {
    readonly code: Failure['code']
    readonly message: string
    /** Problems by field. */
    readonly details?: Failure['fields']
    readonly timestamp: string
    readonly requestId: string
  }
}

const envelope = (failure: Failure, requestId: string, at = new Date()): Envelope => ({
  error: {
    code: failure.code,
    message: failure.message,
    ...(failure.fields ? { details: failure.fields } : {}),
    timestamp: at.toISOString(),
    requestId,
  },
})

/** To a method that an address does not have. HTTP has a status of its own for that, which the list of codes does not. */
export function answerWrongMethod(message: string, allowed: readonly string[], requestId: string): Response {
  const failure: Failure = { code: 'INVALID_INPUT', message }
  return Response.json(envelope(failure, requestId), {
    status: 405,
    headers: { allow: allowed.join(', '), 'cache-control': 'no-store', 'x-request-id': requestId },
  })
}

/** A failure as an HTTP answer: its status by the one table, and `Retry-After` in whole seconds when it has a time. */
export function answerFailure(
  failure: Failure,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const waitSeconds = failure.retryAt
    ? Math.max(1, Math.ceil((failure.retryAt.getTime() - Date.now()) / 1_000))
    : undefined
  return Response.json(envelope(failure, requestId), {
    status: httpStatus[failure.code],
    headers: {
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(waitSeconds === undefined ? {} : { 'retry-after': String(waitSeconds) }),
      ...headers,
    },
  })
}
