import { describe, expect, test } from 'vitest'
import { graphError, graphSignInError, readEdge, regainAt, uploadUrl, type GraphTrouble } from './graph'
import { ok } from '@/lib/core/result'

const now = new Date('2026-11-21T10:00:00Z')
const refused = (
  status: number,
  error?: { code?: number; error_subcode?: number; message?: string; is_transient?: boolean; error_user_msg?: string },
  headers: Record<string, string> = {},
): GraphTrouble => ({
  kind: 'refused',
  status,
  headers: new Headers(headers),
  ...(error ? { problem: { error } } : {}),
})
const judge = (trouble: GraphTrouble, effect: 'none' | 'visible' = 'visible') =>
  graphError(trouble, { label: 'Facebook', effect, now })

describe('what Meta refuses', () => {
  test.for([
    [400, { code: 190, error_subcode: 463 }, 'auth_expired'],
    [401, { code: 190 }, 'auth_expired'],
    [400, { code: 102 }, 'auth_expired'],
    [403, { code: 4 }, 'rate_limited'],
    [400, { code: 17 }, 'rate_limited'],
    [400, { code: 32 }, 'rate_limited'],
    [400, { code: 613 }, 'rate_limited'],
    [400, { code: 80_001 }, 'rate_limited'],
    [429, undefined, 'rate_limited'],
    [400, { code: 368 }, 'rejected'],
    [400, { code: 506 }, 'rejected'],
    [403, { code: 10 }, 'rejected'],
    [403, { code: 200 }, 'rejected'],
    [403, { code: 299 }, 'rejected'],
    [400, { code: 100 }, 'rejected'],
    [400, { code: 2, is_transient: true }, 'outcome_unknown'],
    [400, { code: 1 }, 'outcome_unknown'],
    [500, { code: 2 }, 'outcome_unknown'],
    [503, undefined, 'outcome_unknown'],
  ] as const)('HTTP %i %o is %s', ([status, error, code]) => {
    expect(judge(refused(status, error)).code).toBe(code)
  })

  test('a fault of theirs is only a failed try where nothing could have been done', () => {
    expect(judge(refused(400, { code: 2 }), 'none').code).toBe('unavailable')
    expect(judge(refused(500), 'none').code).toBe('unavailable')
  })

  test('codes decide, whatever the words say', () => {
    const misleading = { code: 100, message: '(#100) Duplicate status message, rate limit, Session has expired' }
    expect(judge(refused(400, misleading))).toEqual({
      code: 'rejected',
      reason: 'Facebook refused it: Duplicate status message, rate limit, Session has expired.',
    })
    expect(judge(refused(400, { code: 506 }))).toMatchObject({ duplicate: true })
    expect(judge(refused(400, { code: 100, message: 'x', error_user_msg: 'Choose another picture' }))).toMatchObject({
      reason: 'Facebook refused it: Choose another picture.',
    })
    expect(judge(refused(418))).toMatchObject({ reason: expect.stringMatching(/HTTP 418\)\.$/) })
  })

  test('a code that was spent and an app that is unknown are told apart from an expired sign-in', () => {
    const q = { label: 'Facebook', variables: 'FACEBOOK_CLIENT_SECRET', now }
    expect(graphSignInError(refused(400, { code: 100, error_subcode: 36009 }), q)).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('used already'),
    })
    expect(graphSignInError(refused(400, { code: 1 }), q)).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('FACEBOOK_CLIENT_SECRET'),
    })
    expect(graphSignInError(refused(500, { code: 1 }), q).code).toBe('unavailable')
  })
})

test('a limit ends after the longest time that any use case names, or after an hour', () => {
  const usage = (text: string) => regainAt(new Headers({ 'x-business-use-case-usage': text }), now).toISOString()
  expect(
    usage(
      '{"1":[{"type":"pages","estimated_time_to_regain_access":19}],"2":[{"type":"messenger","estimated_time_to_regain_access":0}]}',
    ),
  ).toBe('2026-11-21T10:19:00.000Z')
  for (const text of ['{"1":[{"type":"pages"}]}', 'not json', '[]', '{"1":[{"estimated_time_to_regain_access":0}]}'])
    expect(usage(text)).toBe('2026-11-21T11:00:00.000Z')
})

test('bytes go to the host we know, whatever host an answer names', () => {
  expect(uploadUrl('https://rupload.facebook.com', 'https://evil.example/video-upload/v26.0/7?x=1')).toBe(
    'https://rupload.facebook.com/video-upload/v26.0/7?x=1',
  )
})

describe('an edge', () => {
  const paged = (pages: readonly (readonly number[])[], endless = false) => {
    const asked: string[] = []
    const read = async (after: URLSearchParams) => {
      asked.push(String(after))
      const at = Number(after.get('after') ?? 0)
      const isLast = !endless && at === pages.length - 1
      const next = `https://graph.facebook.com/v26.0/1/feed?access_token=SECRET&limit=2&after=${at + 1}`
      const body = { data: pages[Math.min(at, pages.length - 1)] ?? [], ...(isLast ? {} : { paging: { next } }) }
      return ok({ body, headers: new Headers() })
    }
    return { asked, read }
  }
  const failed = () => ({ code: 'unavailable', reason: 'failed' }) as const

  test('is read to its end, and the token in its addresses is not taken along', async () => {
    const { asked, read } = paged([[1, 2], [3]])
    expect(await readEdge({ pages: 5, read, failed, tooMuch: 'too much' })).toEqual({ ok: true, value: [1, 2, 3] })
    expect(asked).toEqual(['', 'after=1'])
  })

  test('is read no further than needed where it is newest first', async () => {
    const { asked, read } = paged([[9, 8], [4, 3], [1]])
    const newestFirst = { from: 5, timeOf: (n: number) => n }
    await readEdge({ pages: 5, read, failed, tooMuch: 'too much', newestFirst })
    expect(asked).toHaveLength(2)
  })

  test('that does not end proves nothing', async () => {
    const { read } = paged([[1]], true)
    expect(await readEdge({ pages: 3, read, failed, tooMuch: 'too much' })).toMatchObject({
      ok: false,
      error: { code: 'unavailable', reason: 'too much' },
    })
  })
})
