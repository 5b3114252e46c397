import pg from 'pg'
import { expect, test } from 'vitest'

test('each test file has a database with every table and no rows', async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    expect((await client.query('select count(*)::int as rows from "Workspace"')).rows).toEqual([{ rows: 0 }])
    expect((await client.query('select count(*)::int as rows from "Post"')).rows).toEqual([{ rows: 0 }])
  } finally {
    await client.end()
  }
})
