import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeDoors, doors, pass } from '@/lib/core/rate'
import { fail, ok } from '@/lib/core/result'
import { operation, type Permission } from '@/lib/workspace'
import { apiRoute, asCreated } from './answer'
import { page } from './contract/answers'
import { serve } from './serve.fixture'

let runs = 0
let letGo = () => {}

const make = operation({
  can: 'post.create',
  input: z.object({ text: z.string().min(1).max(10) }),
  async run(_ctx, { text }) {
    runs += 1
    if (text === 'slow') await new Promise<void>((resolve) => (letGo = resolve))
    if (text === 'bug') throw new Error('a bug with a password in it')
    if (text === 'taken') return fail({ code: 'ALREADY_EXISTS', message: 'There is one. Choose another.' })
    return ok({ text, run: runs })
  },
})
const list = operation({
  can: 'post.read',
  input: z.object({ after: z.coerce.number().default(0) }),
  run: async (_ctx, { after }) =>
    ok({ rows: [after + 1, after + 2], ...(after < 4 ? { next: String(after + 2) } : {}) }),
})
const remove = operation({ can: 'post.delete', input: z.object({}), run: async () => ok({}) })

const verbs = {
  POST: apiRoute({ run: make, answer: asCreated }),
  DELETE: apiRoute({ run: remove }),
  GET: apiRoute({
    run: list,
    input: ({ query }) => ({ after: query.get('cursor') ?? undefined }),
    answer({ rows, next }, { url }) {
      const { body, headers } = page('data', rows, next ?? null, url)
      return Response.json(body, headers ? { headers } : {})
    },
  }),
}

let server: Awaited<ReturnType<typeof serve>>
let key: string
const callers: string[] = []

async function newKey(scopes: readonly Permission[]): Promise<string> {
  const [workspaceId, userId, memberId, id, secret] = [newId(), newId(), newId(), newId(), `ph_${newId()}`]
  await prisma.workspace.create({ data: { id: workspaceId, slug: workspaceId, name: 'Acme', timeZone: 'UTC' } })
  await prisma.user.create({ data: { id: userId, email: `${userId}@example.com`, name: 'Ada', passwordHash: 'none' } })
  await prisma.member.create({ data: { id: memberId, workspaceId, userId, role: 'owner' } })
  await prisma.apiKey.create({
    data: {
      id,
      workspaceId,
      name: 'tests',
      prefix: 'ph_',
      keyHash: sha256(secret),
      scopes: [...scopes],
      createdById: memberId,
    },
  })
  callers.push(id)
  return secret
}

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(server.origin, { method: 'POST', body, headers: { authorization: `Bearer ${key}`, ...headers } })
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; requestId: string; timestamp: string; details?: object }
  }
  return error
}

beforeAll(async () => {
  key = await newKey(['post.create', 'post.read'])
  server = await serve(verbs)
})
afterAll(async () => {
  await server.close()
  await closeDoors()
  await prisma.$disconnect()
})

describe('who asks', () => {
  test('nobody gets 401 and is told how to say who they are', async () => {
    const response = await fetch(server.origin)
    expect(response.status).toBe(401)
    expect((await errorOf(response)).message).toContain('API key')
  })

  test('an unknown key gets 401 INVALID_TOKEN', async () => {
    const response = await fetch(server.origin, { headers: { authorization: 'Bearer ph_guessed' } })
    expect([response.status, (await errorOf(response)).code]).toEqual([401, 'INVALID_TOKEN'])
  })

  test('a key without the scope is refused by the operation', async () => {
    const response = await fetch(server.origin, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })
    expect([response.status, (await errorOf(response)).code]).toEqual([403, 'FORBIDDEN'])
  })

  test('a browser sent by another site is refused before its session is looked at', async () => {
    const response = await fetch(server.origin, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'x-workspace': 'acme' },
    })
    expect([response.status, (await errorOf(response)).code]).toEqual([403, 'FORBIDDEN'])
  })
})

describe('what is sent', () => {
  test.each([
    ['not JSON', '{"text":'],
    ['a list', '[1]'],
    ['bare text', 'hello'],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
  ])('a body that is %s is INVALID_INPUT, and nothing runs', async (_what, body) => {
    const before = runs
    const response = await post(body)
    expect([response.status, (await errorOf(response)).code]).toEqual([400, 'INVALID_INPUT'])
    expect(runs).toBe(before)
  })

  test.each([
    ['announced', undefined],
    ['streamed without a length', 'half'],
  ])('a body over 1 MB, %s, is INVALID_INPUT', async (_how, duplex) => {
    const big = new Blob([`{"text":"${'x'.repeat(1024 * 1024)}"}`])
    const response = await fetch(server.origin, {
      method: 'POST',
      body: duplex ? big.stream() : await big.text(),
      headers: { authorization: `Bearer ${key}` },
      ...(duplex ? { duplex } : {}),
    } as RequestInit)
    expect(response.status).toBe(400)
    expect((await errorOf(response)).message).toContain('1 MB')
  })

  test('a field that is wrong is named in details', async () => {
    const error = await errorOf(await post('{"text":"much too long"}'))
    expect(error.code).toBe('VALIDATION_ERROR')
    expect(error.details).toHaveProperty('text')
    expect(error.timestamp).toMatch(/^\d{4}-.*Z$/)
  })

  test('the request id of the caller’s proxy is in the header and in the envelope', async () => {
    const response = await post('{}', { 'x-request-id': 'req-17' })
    expect(response.headers.get('x-request-id')).toBe('req-17')
    expect((await errorOf(response)).requestId).toBe('req-17')
  })

  test('a bug answers 500 and shows nothing of itself', async () => {
    const response = await post('{"text":"bug"}')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('password')
  })
})

test('a list comes in pages, each with the address of the next', async () => {
  const seen: number[] = []
  let path: string | undefined = '/'
  while (path) {
    const response: Response = await fetch(new URL(path, server.origin), {
      headers: { authorization: `Bearer ${key}` },
    })
    const { data } = (await response.json()) as { data: number[]; next: string | null }
    seen.push(...data)
    path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6])
})

describe('Idempotency-Key', () => {
  test('the same request again gets the stored answer and runs nothing', async () => {
    const [first, second] = [
      await post('{"text":"a"}', { 'idempotency-key': 'one' }),
      await post('{"text":"a"}', { 'idempotency-key': 'one' }),
    ]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(await second.text()).toBe(await first.text())
    expect(second.headers.get('idempotency-replayed')).toBe('true')
  })

  test('another body under the same key is a CONFLICT', async () => {
    await post('{"text":"a"}', { 'idempotency-key': 'two' })
    const response = await post('{"text":"b"}', { 'idempotency-key': 'two' })
    expect([response.status, (await errorOf(response)).code]).toEqual([409, 'CONFLICT'])
  })

  test('of ten at once one runs, and all get its answer', async () => {
    const before = runs
    const asked = Array.from({ length: 10 }, () => post('{"text":"slow"}', { 'idempotency-key': 'three' }))
    await expect.poll(() => runs).toBe(before + 1)
    letGo()
    const bodies = await Promise.all((await Promise.all(asked)).map((response) => response.text()))
    expect(new Set(bodies).size).toBe(1)
    expect(runs).toBe(before + 1)
  })

  test('what was refused may be put right under the same key', async () => {
    const refused = await post('{"text":"taken"}', { 'idempotency-key': 'four' })
    expect(refused.status).toBe(409)
    expect((await post('{"text":"free"}', { 'idempotency-key': 'four' })).status).toBe(201)
  })

  test('a bug is not run again under the same key', async () => {
    const before = runs
    await post('{"text":"bug"}', { 'idempotency-key': 'five' })
    expect((await post('{"text":"bug"}', { 'idempotency-key': 'five' })).status).toBe(500)
    expect(runs).toBe(before + 1)
  })

  test('a first request that was cut off is not run again: nobody knows how far it came', async () => {
    await post('{"text":"a"}', { 'idempotency-key': 'six' })
    await prisma.idempotentRequest.updateMany({
      where: { key: 'six' },
      data: { status: null, createdAt: new Date(Date.now() - 600_000) },
    })
    const response = await post('{"text":"a"}', { 'idempotency-key': 'six' })
    expect(response.status).toBe(409)
    expect((await errorOf(response)).message).toContain('cut off')
  })

  test('another caller’s key of the same name is another key', async () => {
    await post('{"text":"a"}', { 'idempotency-key': 'seven' })
    const other = await newKey(['post.create'])
    const response = await post('{"text":"b"}', { 'idempotency-key': 'seven', authorization: `Bearer ${other}` })
    expect(response.status).toBe(201)
  })

  test('the stored answer cannot be read in the table', async () => {
    await post('{"text":"secret1"}', { 'idempotency-key': 'eight' })
    const row = await prisma.idempotentRequest.findFirstOrThrow({ where: { key: 'eight' } })
    expect(JSON.stringify(row)).not.toContain('secret1')
  })
})

test('the door closes after its points, says for how long, and opens no sooner for another try', async () => {
  const greedy = await newKey(['post.read'])
  const ask = () => fetch(server.origin, { headers: { authorization: `Bearer ${greedy}` } })
  const first = await ask()
  expect(first.headers.get('ratelimit-limit')).toBe(String(doors.api.points))
  expect(first.headers.get('ratelimit-remaining')).toBe(String(doors.api.points - 1))
  await Promise.all(Array.from({ length: doors.api.points }, () => pass('api', callers.at(-1) ?? '')))
  const refused = await ask()
  expect([refused.status, (await errorOf(refused)).code]).toEqual([429, 'RATE_LIMIT_EXCEEDED'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.headers.get('ratelimit-remaining')).toBe('0')
})

test('no other site is let in by CORS', async () => {
  const response = await fetch(server.origin, {
    headers: { origin: 'https://evil.example', authorization: `Bearer ${key}` },
  })
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
})
