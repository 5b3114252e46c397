import { expect, test } from 'vitest'
import { fail, ok } from '@/lib/core/result'
import { askInParts, atOnce } from './ask-in-parts'

const many = Array.from({ length: 450 }, (_, n) => `file-${n}`)

test('any number is asked about, in parts and in order, and each part is told', async () => {
  const steps: number[] = []
  const said = await askInParts(
    many,
    async (part) => ok(part),
    (asked) => steps.push(asked),
  )
  if (!said.ok) throw new Error(said.error.message)
  expect(said.value.answers.flat()).toEqual(many)
  expect(Math.max(...said.value.answers.map(({ length }) => length))).toBe(atOnce)
  expect(said.value.unasked.ids).toEqual([])
  expect(steps.at(-1)).toBe(450)
  expect(steps).toHaveLength(450 / atOnce)
})

test('when the server is lost on the way, what it was not asked about is left out, with the reason', async () => {
  let asked = 0
  const said = await askInParts(many, async (part) => {
    asked += 1
    return asked === 3 ? fail({ code: 'SERVICE_UNAVAILABLE', message: 'Lost.' }) : ok(part)
  })
  expect(said).toMatchObject({ ok: true, value: { unasked: { ids: many.slice(2 * atOnce), message: 'Lost.' } } })
  expect(asked).toBe(3)
})

test('where nothing was done, it fails', async () => {
  const lost = { code: 'SERVICE_UNAVAILABLE', message: 'Lost.' } as const
  expect(await askInParts(many, async () => fail(lost))).toEqual({ ok: false, error: lost })
})
