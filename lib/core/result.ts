/** What an operation gives back. Expected failures are values; only bugs are thrown. */
export type Result<T, E = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const fail = <const E>(error: E): Result<never, E> => ({ ok: false, error })

/** The closed list of error codes, and the one table that turns each into an HTTP status. */
export const httpStatus = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  INVALID_TOKEN: 401,
  TOKEN_EXPIRED: 401,
  VALIDATION_ERROR: 422,
  INVALID_INPUT: 400,
  MISSING_REQUIRED_FIELD: 422,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  CONFLICT: 409,
  RATE_LIMIT_EXCEEDED: 429,
  QUOTA_EXCEEDED: 402,
  PLATFORM_API_ERROR: 502,
  PLATFORM_AUTH_FAILED: 424,
  AI_SERVICE_ERROR: 502,
  PUBLISHING_FAILED: 502,
  SCHEDULE_CONFLICT: 409,
  APPROVAL_REQUIRED: 409,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
  MAINTENANCE_MODE: 503,
} as const

export type FailureCode = keyof typeof httpStatus

/**
 * A failure a person can be told about. `message` is shown as it stands: what happened, then what to do.
 * `fields` maps a form field to its problems.
 */
export type Failure = {
  readonly code: FailureCode
  readonly message: string
  readonly fields?: Readonly<Record<string, readonly string[]>>
  readonly retryAt?: Date
}
