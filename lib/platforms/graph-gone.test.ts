import { expect, test } from 'vitest'
import { fail, ok } from '@/lib/core/result'
import type { GraphTrouble } from './graph'
import { newsUnder } from './graph-feed'

const refused = (code: number, error_subcode?: number): GraphTrouble => ({
  kind: 'refused',
  status: 400,
  headers: new Headers(),
  problem: { error: { code, ...(error_subcode === undefined ? {} : { error_subcode }) } },
})
/** "Does not exist, cannot be loaded due to missing permissions, or does not support this operation." */
const lost = refused(100, 33)
const forbidden = refused(10)
const limited = refused(80_001)

const answer = <T>(body: T | GraphTrouble) =>
  typeof body === 'object' && body !== null && 'kind' in body
    ? Promise.resolve(fail(body))
    : Promise.resolve(ok({ body, headers: new Headers() }))
type Listed = { readonly data: readonly { readonly id: string }[] }

/** What is said of post 7_1 when Meta answers so about what stands under it, about itself, and about all of the page. */
const look = (q: { comments: GraphTrouble; post?: GraphTrouble; own?: Listed | GraphTrouble }) =>
  newsUnder<never>(undefined, {
    id: '7_1',
    calls: 5,
    listsAll: true,
    failed: (trouble) => ({ code: 'rejected', reason: trouble.kind }),
    list: async (_page, { failed }) => fail(failed(q.comments)),
    post: () => answer<unknown>(q.post ?? {}),
    own: () => answer<Listed>(q.own ?? { data: [] }),
    toIncoming: (one) => one,
    isHidden: () => undefined,
  })

test('a post is gone when Meta has it neither by itself nor among the account’s own, which it shows', async () => {
  const others = { data: [{ id: '7_2' }] }
  expect(await look({ comments: lost, post: lost, own: others })).toMatchObject({ ok: true, value: { end: 'gone' } })
})

test.for([
  ['its comments alone are not to be had', { comments: lost }],
  ['it may not be asked for by its number', { comments: lost, post: forbidden }],
  ['the account’s posts are shown to us no more than it', { comments: lost, post: lost, own: lost }],
  ['the permission to read posts was taken back', { comments: lost, post: lost, own: forbidden }],
  ['Meta wants a pause', { comments: lost, post: limited }],
  ['it is listed all the same', { comments: lost, post: lost, own: { data: [{ id: '7_1' }] } }],
  ['comments are refused for another reason', { comments: forbidden, post: lost }],
] as const)('a post is not called gone when %s', async ([, says]) => {
  expect(await look(says)).toMatchObject({ ok: false, error: { code: 'rejected' } })
})
