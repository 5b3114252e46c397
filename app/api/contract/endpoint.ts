import { z } from 'zod'
import type { FailureCode } from '@/lib/core/result'
import type { Permission } from '@/lib/workspace'

export const tags = {
  Posts: 'Write posts, say when they go out, and see what became of them.',
  Calendar: 'What a calendar shows, and the shortest way to put something on it.',
  Accounts: 'The connected social accounts.',
  Inbox: 'What people say to the accounts, and what is answered.',
  Contacts: 'The people who speak to the accounts, each once for all networks.',
  Analytics: 'How what was published does.',
  Media: 'The library of pictures and videos.',
  Webhooks: 'Programs of yours that are told of events as they happen, by signed requests.',
  Projects: 'Brands or clients, to which posts and accounts may belong.',
  API: 'This description.',
} as const

/** What an endpoint takes and answers: the door parses by it, and the OpenAPI document is made from it. */
export type Endpoint<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodObject = z.ZodObject,
> = {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `{name}` for each parameter, as OpenAPI writes it. */
  readonly path: string
  readonly tag: keyof typeof tags
  readonly summary: string
  readonly description: string
  /** What a key must be allowed to do. Without it anyone may ask. */
  readonly scope?: Permission
  readonly params: P
  readonly query: Q
  readonly headers: z.ZodObject
  /** `bytes` is a file as it is. */
  readonly body?: B | 'bytes'
  /** How large a body is taken; 1 MB when absent. */
  readonly mostBytes?: number
  /** An example of the body, which the tests send. */
  readonly example?: Readonly<Record<string, unknown>>
  readonly status: 200 | 201 | 202
  readonly answer: z.ZodType | 'bytes'
  /** An example of the answer. The linter holds it to its schema. */
  readonly answered?: unknown
  /** True when `Link` leads to the next page. */
  readonly isPaged: boolean
  /** Failures beside those that every endpoint can answer with. */
  readonly failures: readonly FailureCode[]
}

/** Why a field that people know from elsewhere is not taken. */
const notTaken: Readonly<Record<string, string>> = {
  campaign: 'posts belong to no campaigns here. To mark links, send content.utm; to group posts, send projectId',
  tags: 'posts carry no tags here. To group posts, send projectId',
  category: 'nothing has a category here: saved replies are found by their names and their words',
  variables: 'variables are read from the text: write each there, like {{contact.first_name}}',
  page: 'lists are paged by cursor: send the last answer’s next as cursor',
  userId: 'the key says who acts',
  mediaUrls: 'files are uploaded to /api/media first and named by id in content.media',
}

/** An object that says in words which of its fields are not known, rather than ignore them. */
export const exactly = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error(issue) {
      if (issue.code !== 'unrecognized_keys') return undefined
      const [key = ''] = issue.keys
      const known = Object.keys(shape)
      return (
        notTaken[key] ??
        `is not a field here. ${known.length > 0 ? `Those there are: ${known.join(', ')}` : 'Send none'}`
      )
    },
  })

/** How what came is parsed: what is absent is needed, in words. */
export const judging: z.core.ParseContext<z.core.$ZodIssue> = {
  reportInput: true,
  error: (issue) => (issue.input === undefined ? 'is needed' : undefined),
}

/** Described as it is, and taken as it comes: for what is judged only once it is known what for. */
export function judgedLater(schema: z.ZodType): z.ZodUnknown {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', reused: 'inline' })
  return z.unknown().meta(json)
}

/** Refuses what is said twice: `names` are other programs' names for fields of ours, of which either may be sent. */
export const saidOnce = <S extends z.ZodObject>(schema: S, names: Readonly<Record<string, string>>): S =>
  Object.entries(names).reduce(
    (stricter, [theirs, ours]) =>
      stricter.refine((given: Readonly<Record<string, unknown>>) => !(theirs in given && ours in given), {
        path: [theirs],
        error: `says the same as ${ours}: send one of them`,
      }),
    schema,
  )

const nothing = exactly({})
type Nothing = typeof nothing

type Given<P, Q, B> = Pick<Endpoint, 'id' | 'method' | 'path' | 'tag' | 'summary' | 'description' | 'answer'> &
  Partial<
    Pick<Endpoint, 'scope' | 'headers' | 'mostBytes' | 'example' | 'answered' | 'status' | 'isPaged' | 'failures'>
  > & {
    readonly params?: P
    readonly query?: Q
    readonly body?: B | 'bytes'
  }

export const endpoint = <
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodObject = Nothing,
>(
  given: Given<P, Q, B>,
): Endpoint<P, Q, B> => ({
  headers: nothing,
  status: 200,
  isPaged: false,
  failures: [],
  ...given,
  // What was not given is the type parameter's default, which is `nothing`.
  params: given.params ?? (nothing as unknown as P),
  query: given.query ?? (nothing as unknown as Q),
})
