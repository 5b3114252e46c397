import type { Sandbox } from '..'
import { decideConsent } from '../person'
import type { Operation } from './faults'

/** How a call ended, as its caller sees it. */
export type Ending = { readonly status: number; readonly headers: Headers; readonly body: string } | 'cut' | 'silence'

/** One account on one network, for tests that ask the same of all. `key` is the caller's own where the network takes one. */
export type Speaker = {
  readonly network: string
  readonly account: string
  publish(text: string, key?: string): Promise<Ending>
  /** Texts that the network's own listing of the account's posts shows, newest first. */
  list(): Promise<readonly string[]>
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Ending>
}

export const redirectUri = 'http://127.0.0.1:3000/callback'
/** Long enough that a busy machine is not taken for a network that keeps silent. */
const patienceMs = 1_500

export async function ask(url: string, init: RequestInit): Promise<Ending> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) })
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return 'silence'
    if (error instanceof TypeError) return 'cut'
    throw error
  }
}

export function urlOf(sandbox: Sandbox, network: string): string {
  const url = sandbox.networks[network]?.url
  if (url === undefined) throw new Error(`There is no ${network}`)
  return url
}

export function caller(url: string, headers: Record<string, string>): Speaker['call'] {
  return (method, path, body, more) => {
    const isBytes = body instanceof Uint8Array
    const isForm = body instanceof FormData
    const content: RequestInit =
      body === undefined ? {} : { body: isForm ? body : isBytes ? new Uint8Array(body) : JSON.stringify(body) }
    return ask(url + path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined || isBytes || isForm ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...content,
    })
  }
}

/** Who is heard when a network is asked what it does under faults, and with what it answers: HTTP statuses. */
export type Heard = {
  /** Somebody who is signed in; `nth` is another number each time, for networks where a spent key is spent for good. */
  speak(sandbox: Sandbox, nth: number): Promise<Speaker>
  /** What its posts are in the sandbox's words for calls; `publish` when absent. */
  readonly operation?: Operation
  /** To the same post again, when it has it already. Absent where a network knows nothing of the first, and shows both. */
  readonly twin?: number
  /** To a post that is taken; 200 when absent. */
  readonly created?: number
  /** To a token that has ended; 401 when absent. */
  readonly expired?: number
  /** To one too many; 429 when absent. Meta says it with 400. */
  readonly limited?: number
  /** Longer than any text there may be; 4,000 when absent. */
  readonly tooLong?: number
}

/** The smallest bytes that are recognised as an MP4. */
export const tinyFilm = (): Buffer =>
  Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), Buffer.alloc(100)])

type LongLogin = { readonly account: string; readonly clientId: string; readonly scope: string }

/** Signs in where tokens are made to last afterwards. @returns what the code was exchanged for */
export async function signInLong(
  url: string,
  { account, clientId, scope }: LongLogin,
): Promise<Record<string, unknown>> {
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, scope, state: 's' })
  const { code = '' } = await decideConsent(`${url}/oauth/authorize?${query}`, account)
  const answer = await fetch(`${url}/oauth/access_token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: 'sandbox-secret',
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code,
    }),
  })
  return answer.json()
}

/** Publishes by container: the same text goes by the same one. `make` makes it, and gives its id. */
export function byContainer(make: (text: string) => Promise<string | Ending>, send: (id: string) => Promise<Ending>) {
  const containers = new Map<string, string>()
  return async (text: string): Promise<Ending> => {
    const made = containers.get(text) ?? (await make(text))
    if (typeof made !== 'string' || made === 'cut' || made === 'silence') return made
    containers.set(text, made)
    return send(made)
  }
}

/** The JSON of an answer. Loose on purpose: a wrong shape fails the test that looks at it. */
export function parse(ending: Ending) {
  if (typeof ending === 'string') throw new Error(`The call ended in ${ending}`)
  return JSON.parse(ending.body)
}

export async function admin(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const answer = await fetch(sandbox.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
