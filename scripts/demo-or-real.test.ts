import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkUse, homesIn } from './demo-or-real.mjs'
import { query } from './postgres.mjs'
import { scratchDatabase } from './scratch-database.mjs'

let url: string
let drop: () => Promise<void>
beforeEach(async () => {
  ;({ url, drop } = await scratchDatabase())
})
afterEach(() => drop())

/** A Postgres whose database `posthorn` is the test's; no other is there. */
const server = (database: string) => {
  const address = new URL(url)
  if (database !== 'posthorn') address.pathname = `/none_${database}`
  return address.href
}

const person = (email: string) =>
  query(url, `insert into "User" (id, email, name, "passwordHash") values ($1, $2, 'Ada', 'none')`, [
    randomUUID(),
    email,
  ])

/** What is left of a demo whose owner has changed their address. */
async function filled(): Promise<void> {
  await person('ada@real.test')
  const id = randomUUID()
  await query(url, `insert into "Workspace" (id, slug, name, "timeZone") values ($1, $1, 'Demo', 'UTC')`, [id])
  await query(
    url,
    `insert into "Event" (id, "workspaceId", type, "subjectType", "subjectId", "actorKind", "actorId", particulars, "requestId")
     values ($1, $1, 'workspace.demoMade', 'workspace', $1, 'member', 'a', '{}', 'r')`,
    [id],
  )
}

const shared = { demo: { database: 'posthorn', folder: '/d' }, real: { database: 'posthorn_real', folder: '/d/real' } }
const usual = { demo: { database: 'posthorn_demo', folder: '/d/demo' }, real: { database: 'posthorn', folder: '/d' } }

test('an empty database may become either', async () => {
  await checkUse(url, true)
  await checkUse(url, false)
  expect(await homesIn(server, '/d')).toEqual(usual)
})

test('where there is no database yet, the demo gets one apart from real use', async () => {
  expect(await homesIn((database: string) => server(`no_${database}`), '/d')).toEqual(usual)
})

test('a database in real use is no place for the demo', async () => {
  await person('ada@real.test')
  await checkUse(url, false)
  await expect(checkUse(url, true)).rejects.toThrow(/in real use: .* npm start -- --no-demo/)
  expect(await homesIn(server, '/d')).toEqual(usual)
})

test.each([
  ['a demo', filled],
  ['a demo that was cut off while it was filled', () => person('demo@posthorn.local')],
])('%s goes on where it is, and is no place for real use', async (_, make) => {
  await make()
  await checkUse(url, true)
  await expect(checkUse(url, false)).rejects.toThrow('This database holds the demo: the password')
  expect(await homesIn(server, '/d')).toEqual(shared)
})
