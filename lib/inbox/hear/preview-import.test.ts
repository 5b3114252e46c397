import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk } from '../desk.fixture'
import { importMessages } from './import'
import { previewMessages } from './preview-import'

let owner: Ctx
let accountId: string
let stranger: string
beforeAll(async () => {
  const desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account()
  stranger = await (await newDesk()).account()
})
afterAll(() => closeDesk())

const at = '2026-01-05T09:00:00Z'
const message = (id: string) => ({ id, kind: 'comment' as const, text: `Hm (${id})`, at, author: { id: 'u-1' } })
const look = (format: 'csv' | 'json', text: string) => previewMessages(owner, { accountId, format, text })
const table = (...lines: readonly string[]) => ['id,kind,text,at,Author ID,authorName,notes', ...lines].join('\n')

test('each row of a table is judged by itself, with its line and all that is wrong, and nothing is written', async () => {
  must(await importMessages(owner, { accountId, messages: [message('known')] }))
  const before = await prisma.message.count({ where: { accountId } })
  const csv = table(
    `good,comment,"Yes, please",${at},u-1,Rosa`,
    '',
    `known,comment,Hm,${at},u-1`,
    `bad,letter,Hm,yesterday,,Nina`,
    `good,comment,Again,${at},u-1`,
    `wide,comment,Yes, please,${at},u-1,Rosa,,`,
  )
  const { rows, notes } = must(await look('csv', csv))
  expect(rows.map(({ row, state }) => [row, state])).toEqual([
    [2, 'ready'],
    [4, 'done'],
    [5, 'blocked'],
    [6, 'blocked'],
    [7, 'blocked'],
  ])
  expect(rows[0]?.message).toMatchObject({ id: 'good', text: 'Yes, please', author: { id: 'u-1', name: 'Rosa' } })
  expect(rows[2]?.problems).toEqual([
    expect.stringMatching(/^kind: Choose one of comment, /),
    'at: must be an instant like 2026-11-21T09:00:00Z.',
    'authorId: is needed.',
  ])
  expect(rows[2]?.written).toEqual({ text: 'Hm', at: 'yesterday', author: 'Nina' })
  expect(rows[3]?.problems).toEqual(['id: Row 2 has the same. Give each message one of its own.'])
  expect(rows[4]?.problems[0]).toMatch(/more cells than the first line has names/)
  expect(notes).toEqual(['Not understood and left out: notes.'])
  expect(await prisma.message.count({ where: { accountId } })).toBe(before)
})

test('a list is read by itself and as the API takes it, and what is said of each can be imported as it is', async () => {
  const list = [message('j-1'), { ...message('j-2'), text: 7, mood: 'good' }, 'three']
  for (const text of [JSON.stringify(list), `\uFEFF${JSON.stringify({ accountId, messages: list })}`]) {
    const { rows, notes } = must(await look('json', text))
    expect(rows.map(({ row, state }) => [row, state])).toEqual([
      [1, 'ready'],
      [2, 'blocked'],
      [3, 'blocked'],
    ])
    expect(rows[1]?.problems).toEqual(['text: Enter text.'])
    expect(notes).toEqual(['Not understood and left out: mood.'])
    const messages = rows.flatMap((row) => (row.message ? [row.message] : []))
    expect((await importMessages(owner, { accountId, messages })).ok).toBe(true)
    expect(must(await look('json', text)).rows[0]?.state).toBe('done')
    await prisma.message.deleteMany({ where: { accountId, externalId: 'j-1' } })
  }
})

test.for([
  ['csv', 'Where is my order?\nToday', /first line must name the columns: id, kind/],
  ['csv', `id,kind,text,at,authorId\na,comment,"Hm,${at},u-1`, /quotation mark that is never closed/],
  ['json', '{"messages": 3}', /not a JSON list/],
  ['json', '[{', /not a JSON list/],
  ['json', JSON.stringify(Array.from({ length: 5_001 }, () => 0)), /5001 messages; 5000 are taken at once/],
] as const)('a file that cannot be read as %s is refused in words', async ([format, text, words]) => {
  expect(await look(format, text)).toMatchObject({ ok: false, error: { message: expect.stringMatching(words) } })
})

test('what is ours is a yes or a no in whatever case, and any other word for it is named', async () => {
  const say = (own: string, n: number) => `own-${n},comment,Hm,${at},u-1,${own}`
  const words = ['yes', ' Yes', 'TRUE ', '1', 'no', 'False', '0', '', 'ja', 'x', 'constructor']
  const { rows } = must(await look('csv', ['id,kind,text,at,authorId,own', ...words.map(say)].join('\n')))
  expect(rows.map(({ message, problems }) => message?.own ?? problems)).toEqual([
    ...words.slice(0, 4).map(() => true),
    ...words.slice(4, 8).map(() => false),
    ...words.slice(8).map(() => ['own: is yes or no.']),
  ])
})

test('a quotation mark that is never closed is named by the line it is in', async () => {
  const lines = [
    'id,kind,text,at,authorId',
    `a,comment,Hm,${at},u-1`,
    `b,comment,"Hm,${at},u-1`,
    `c,comment,Hm,${at},u-1`,
  ]
  const asked = await look('csv', lines.join('\n'))
  expect(asked).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^Line 3 has a quotation mark/) } })
})

test('nobody looks into the account of another workspace', async () => {
  const asked = await previewMessages(owner, { accountId: stranger, format: 'csv', text: table('a') })
  expect(asked).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
})
