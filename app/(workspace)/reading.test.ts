import { expect, test } from 'vitest'
import { GET, POST } from './[workspace]/compose/read/[what]/route'
import { GET as exported } from './[workspace]/contacts/[contact]/export/route'

// Outside of Next nobody can be asked who they are: what that throws stands for any bug.
test.each([
  ['a read', GET, 'GET'],
  ['a question', POST, 'POST'],
  ['a file', exported, 'GET'],
] as const)('a bug behind %s is answered in the envelope, with the id of the request', async (_, door, method) => {
  const request = new Request('http://localhost/w/compose/read/check', {
    method,
    headers: { 'x-request-id': 'req-7' },
    ...(method === 'POST' ? { body: '{}' } : {}),
  })
  const answer = await door(request, { params: Promise.resolve({ workspace: 'w', what: 'check', contact: 'c' }) })
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([500, 'req-7'])
  expect(await answer.json()).toMatchObject({ error: { code: 'INTERNAL_ERROR', requestId: 'req-7' } })
})
