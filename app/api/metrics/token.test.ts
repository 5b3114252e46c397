import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve } from '../serve.fixture'
import { GET } from './route'

process.env.METRICS_TOKEN = 'a token for Prometheus'
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  server = await serve({ GET })
})
afterAll(() => server.close())

const read = (headers: Record<string, string>) => fetch(server.origin, { headers }).then(({ status }) => status)

test('with METRICS_TOKEN set, the token opens and nothing else does, not even being on this machine', async () => {
  expect(await read({ authorization: 'Bearer a token for Prometheus' })).toBe(200)
  expect(await read({})).toBe(401)
  expect(await read({ authorization: 'Bearer another' })).toBe(401)
  expect(await read({ authorization: 'a token for Prometheus' })).toBe(401)
})
