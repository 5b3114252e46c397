import pg from 'pg'
import { env } from '@/lib/core/env'
import { statementsOf } from './statements'

type Node = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Node[]
}
/** How the database reads one table: whole, or by an index. */
export type Reading = { readonly how: string; readonly table: string | undefined; readonly index: string | undefined }

/** How the database reads its tables for what `work` asks and changes, by its own plans for the very statements that are sent. */
export async function readingsOf(work: () => Promise<unknown>): Promise<readonly Reading[]> {
  const statements = await statementsOf(work)
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    const readings: Reading[] = []
    // Explained, a change changes nothing.
    for (const { text, values } of statements.filter((one) => /^\s*(select|with|update|delete)\b/i.test(one.text))) {
      const { rows } = await client.query(`explain (format json) ${text}`, [...values])
      // Postgres' own answer: one row with one plan.
      const [{ Plan: plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Node }]
      readings.push(...nodesOf(plan))
    }
    return readings
  } finally {
    await client.end()
  }
}

const nodesOf = (node: Node): readonly Reading[] => [
  ...(node['Node Type'].endsWith('Scan')
    ? [{ how: node['Node Type'], table: node['Relation Name'], index: node['Index Name'] }]
    : []),
  ...(node.Plans ?? []).flatMap(nodesOf),
]
