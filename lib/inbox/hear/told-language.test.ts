import { afterAll, expect, test } from 'vitest'
import { Understanding } from '@/lib/language/schema'
import { closeDesk, hears, newDesk } from '../desk.fixture'

afterAll(closeDesk)

test('the language that a network tells of what was said goes before our own guess', async () => {
  const desk = await newDesk()
  const accountId = await desk.account('mastodon')
  const { understanding } = await hears(desk, accountId, 'Rosa', 'Prima!', { language: 'de' })
  expect(Understanding.parse(understanding).language).toMatchObject({ code: 'de', by: 'told' })
})
