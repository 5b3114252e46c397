import pg from 'pg'
import { env } from '@/lib/core/env'

export type Statement = { readonly text: string; readonly values: readonly unknown[] }

type Asked = { readonly text?: string; readonly values?: readonly unknown[] }

/** What `work` sends to the database, statement by statement, as the driver gets it. */
export async function statementsOf(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  const seen: Statement[] = []
  const pass = pg.Client.prototype.query
  // The driver's query has a dozen forms; each is passed on as it came.
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [asked] = given as [Asked | undefined]
    if (asked?.text) seen.push({ text: asked.text, values: asked.values ?? [] })
    return Reflect.apply(pass, this, given)
  } as typeof pass
  try {
    await work()
  } finally {
    pg.Client.prototype.query = pass
  }
  return seen
}

/** One connection of the bare driver, with prepared statements. */
export async function bareDriver() {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  const run = async (statements: readonly Statement[]) => {
    let rows = 0
    for (const { text, values } of statements) {
      const name = `bench-${statements.length}-${text.length}`
      rows += (await client.query({ name, text, values: [...values], rowMode: 'array' })).rows.length
    }
    return rows
  }
  return { run, close: () => client.end() }
}
