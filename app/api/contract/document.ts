import { z } from 'zod'
import { doors } from '@/lib/core/rate'
import { isChange } from '@/lib/core/same-origin'
import { Overview } from './analytics'
import * as checkShapes from './check-shapes'
import * as deskShapes from './desk-shapes'
import { tags, type Endpoint } from './endpoint'
import { endpoints } from './endpoints'
import { ErrorAnswer, failureAnswers, failuresOf } from './failures'
import * as fileShapes from './file-shapes'
import { ScheduledAt } from './moments'
import * as postShapes from './post-shapes'
import { Content, ContentChange } from './words'

type Json = Record<string, unknown>

const { api } = doors

/** Answers that have a name here. Nothing is parsed by these: the document is made from them, and the tests hold answers to them. */
const shapes = { ErrorAnswer, Overview, ...postShapes, ...checkShapes, ...deskShapes, ...fileShapes }

const introduction = `What Posthorn does, for programs: the same operations as its screens, behind the same permissions.

Send \`Authorization: Bearer ph_…\` with an API key from the workspace’s settings. A key acts with the role of whoever made it, narrowed to its scopes; \`x-scope\` names the scope that an operation needs. Each key may ask ${api.points} times in ${api.seconds} seconds.

Whatever changes something takes an \`Idempotency-Key\`: the same request under the same key is carried out once and answered again from the record, for a day. Fields that are not known are refused, never ignored. Times in answers are in UTC.`

/** The OpenAPI 3.1 document. `isClosed` lets answers hold nothing that is not described: the tests are held to that. */
export function describe({ isClosed = false } = {}): Json {
  const paths: Record<string, Json> = {}
  for (const one of endpoints) (paths[one.path] ??= {})[one.method.toLowerCase()] = operationOf(one)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Posthorn',
      version: '1',
      description: introduction,
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: '/', description: 'This Posthorn' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key, `ph_…`. Browsers may use their session instead, and name the workspace in `X-Workspace`.',
        },
      },
      parameters: { IdempotencyKey: idempotencyKey },
      headers,
      responses: failureAnswers(Object.keys(rateHeaders)),
      schemas: { ...requestSchemas(), ...answerSchemas(isClosed) },
    },
  }
}

const text = (description: string) => ({ description, schema: { type: 'string' } })
const whole = (description: string) => ({ description, schema: { type: 'integer', minimum: 0 } })
const headers = {
  'X-Request-Id': text('What this request is called in our logs.'),
  'RateLimit-Limit': whole('How many requests the window allows.'),
  'RateLimit-Remaining': whole('How many are left in it.'),
  'RateLimit-Reset': whole('In how many seconds the next window begins.'),
  'Retry-After': whole('In how many seconds to try again.'),
  'Idempotency-Replayed': text('`true` when this is the recorded answer of an earlier request.'),
  Link: text('The address of the next page, with `rel="next"`.'),
} as const
const headerRef = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` })
const rateHeaders = {
  'X-Request-Id': headerRef('X-Request-Id'),
  'RateLimit-Limit': headerRef('RateLimit-Limit'),
  'RateLimit-Remaining': headerRef('RateLimit-Remaining'),
  'RateLimit-Reset': headerRef('RateLimit-Reset'),
}
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Of your own choosing, one for each thing you want done; a UUID is a good one.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  example: 'b3b0c9c8-6a4f-4a0e-9d3f-0f6d5f2f8a10',
}

function operationOf(one: Endpoint): Json {
  const {
    id,
    tag,
    summary,
    description,
    scope,
    params,
    query,
    headers: asked,
    body,
    example,
    status,
    answer,
    answered,
  } = one
  const isOnce = isChange(one.method) && body !== 'bytes'
  const hasBody = body === 'bytes' || (body !== undefined && Object.keys(body.shape).length > 0)
  const json =
    body === 'bytes' ? bytes : { 'application/json': { schema: ref(bodyName(one)), ...(example ? { example } : {}) } }
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: scope ? `${description}\n\nScope: \`${scope}\`.` : description,
    ...(scope ? { 'x-scope': scope } : { security: [] }),
    parameters: [
      ...parametersIn('path', params),
      ...parametersIn('query', query),
      ...parametersIn('header', asked),
      ...(isOnce ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ],
    ...(hasBody ? { requestBody: { required: true, content: json } } : {}),
    responses: {
      [status]: {
        description: 'Done.',
        headers: {
          ...(scope && answer !== 'bytes' ? rateHeaders : {}),
          ...(isOnce ? { 'Idempotency-Replayed': headerRef('Idempotency-Replayed') } : {}),
          ...(one.isPaged ? { Link: headerRef('Link') } : {}),
        },
        content:
          answer === 'bytes'
            ? bytes
            : {
                'application/json': {
                  schema: ref(answerName(one)),
                  ...(answered === undefined ? {} : { example: answered }),
                },
              },
      },
      ...failuresOf(one, isOnce),
    },
  }
}

const bytes = { '*/*': { schema: { type: 'string', format: 'binary' } } }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const capital = (id: string) => id.charAt(0).toUpperCase() + id.slice(1)
const bodyName = ({ id }: Endpoint) => `${capital(id)}Body`
const answerName = ({ id }: Endpoint) => `${capital(id)}Answer`

function parametersIn(place: 'path' | 'query' | 'header', { shape }: z.ZodObject): Json[] {
  return Object.entries(shape).map(([name, schema]) => {
    const { $schema: _, description, ...json } = z.toJSONSchema(schema, { io: 'input', reused: 'inline' })
    return {
      name,
      in: place,
      required: !z.safeParse(schema, undefined).success,
      ...(description ? { description } : {}),
      schema: json,
    }
  })
}

function schemasOf(named: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Record<string, Json> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => ref(id).$ref })
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _s, $id: _i, ...schema }]) => [id, schema]))
}

function requestSchemas(): Record<string, Json> {
  const bodies = endpoints.flatMap((one) =>
    one.body === undefined || one.body === 'bytes' || Object.keys(one.body.shape).length === 0
      ? []
      : [[bodyName(one), one.body] as const],
  )
  return schemasOf({ Content, ContentChange, ScheduledAt, ...Object.fromEntries(bodies) }, 'input')
}

function answerSchemas(isClosed: boolean): Record<string, Json> {
  const answers = endpoints.flatMap((one) => (one.answer === 'bytes' ? [] : [[answerName(one), one.answer] as const]))
  const schemas = schemasOf({ ...shapes, ...Object.fromEntries(answers) }, 'output')
  // A later version may answer more: clients made from this document must bear that.
  return isClosed ? schemas : z.record(z.string(), z.record(z.string(), z.unknown())).parse(opened(schemas))
}

function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened)
  if (typeof value !== 'object' || value === null) return value
  const open = Object.entries(value).filter(([name, given]) => name !== 'additionalProperties' || given !== false)
  return Object.fromEntries(open.map(([name, given]) => [name, opened(given)]))
}
