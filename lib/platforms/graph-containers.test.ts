import { expect, test } from 'vitest'
import { fail, ok } from '@/lib/core/result'
import type { GraphTrouble } from './graph'
import { gone, settleAtOnce } from './graph-containers'
import type { PlatformError } from '.'

const part = { prepared: { at: '2026-11-26T10:00:00Z', items: [{ id: '17', ready: true }], looks: 0 } }
const finding = { label: 'Instagram', state: async () => ok(gone), list: async () => ok(undefined) }
const refused = (status: number): GraphTrouble => ({ kind: 'refused', status, headers: new Headers() })

test('a container that is gone after a certain refusal was not published by it', async () => {
  const error: PlatformError = { code: 'rejected', reason: 'Not found.' }
  expect(await settleAtOnce(refused(400), error, part, finding)).toEqual(
    fail({ code: 'unavailable', reason: expect.stringContaining('expired'), lapsed: true, orUsed: true }),
  )
})

test('a container that is gone after a fault of Meta’s may have been published by it', async () => {
  const error: PlatformError = { code: 'outcome_unknown', reason: 'A fault.' }
  expect(await settleAtOnce(refused(500), error, part, finding)).toEqual(fail(error))
})
