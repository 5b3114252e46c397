import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { query } from './postgres.mjs'
import { run } from './run.mjs'

/**
 * Fills the demo workspace, unless this database was filled before: the seed would find that out by itself, but takes
 * seconds to load. A database that was emptied since is filled again.
 * @returns what it did, in a few words.
 */
export async function fillDemo({ folder, env }) {
  const stamp = path.join(folder, 'demo-filled')
  const database = createHash('sha256').update(env.DATABASE_URL).digest('hex')
  const filled = existsSync(stamp) && readFileSync(stamp, 'utf8') === database
  if (filled && (await query(env.DATABASE_URL, 'select 1 from "User" limit 1')).rowCount > 0) return 'it was there'
  await run(['--import', 'tsx', 'prisma/seed.ts'], { env })
  writeFileSync(stamp, database)
  return undefined
}
