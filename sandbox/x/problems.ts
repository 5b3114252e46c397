import { type Reply, json } from '../core/call'

const types = 'https://api.x.com/2/problems/'

function problem(
  body: { status: number; title: string; detail: string; type: string } & Record<string, unknown>,
): Reply {
  return json(body.status, body, { 'content-type': 'application/problem+json' })
}

export function unauthorized(): Reply {
  return problem({ title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' })
}

/** Also X's answer to a text it has already. */
export function forbidden(detail: string): Reply {
  return problem({ title: 'Forbidden', type: 'about:blank', status: 403, detail })
}

export function duplicateText(): Reply {
  return forbidden('You are not allowed to create a Tweet with duplicate content.')
}

export function missingScope(scope: string): Reply {
  return problem({
    title: 'Forbidden',
    type: `${types}client-forbidden`,
    status: 403,
    detail: `Your client app is not configured with the scope ${scope} that this endpoint requires.`,
    reason: 'client-not-enrolled',
    required_enrollment: 'Appropriate Level of API Access',
  })
}

/** X names each bad part under `errors`, with the parameters it got. */
export function invalidRequest(messages: readonly string[], parameters: Record<string, string[]> = {}): Reply {
  return problem({
    title: 'Invalid Request',
    type: `${types}invalid-request`,
    status: 400,
    detail: 'One or more parameters to your request was invalid.',
    errors: messages.map((message) => ({ parameters, message })),
  })
}

export function notFoundProblem(kind: 'tweet' | 'user' | 'media', id: string) {
  return {
    type: `${types}resource-not-found`,
    title: 'Not Found Error',
    detail: `Could not find ${kind} with id: [${id}].`,
    resource_type: kind,
    resource_id: id,
    parameter: 'id',
    value: id,
  }
}

export function tooManyRequests(): Reply {
  return problem({ title: 'Too Many Requests', type: 'about:blank', status: 429, detail: 'Too Many Requests' })
}

export function internalProblem(): Reply {
  return problem({
    title: 'Internal Error',
    type: `${types}internal-error`,
    status: 500,
    detail: 'Internal Server Error',
  })
}

export function noSuchPath(): Reply {
  return problem({ title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' })
}
