import { createHash } from 'node:crypto'
import pg from 'pg'
import { env } from '@/lib/core/env'

export type Statement = { readonly text: string; readonly values: readonly unknown[] }
/** `cpuMs`: what this process had used of the processor when it was sent. */
export type Sent = Statement & { readonly cpuMs: number }

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

type Asked = { readonly text?: string; readonly values?: readonly unknown[] }

/** What `work` sends to the database, statement by statement, as the driver gets it. */
export async function statementsOf(work: () => Promise<unknown>): Promise<readonly Sent[]> {
  const seen: Sent[] = []
  const pass = pg.Client.prototype.query
  // The driver's query has a dozen forms; each is passed on as it came.
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [asked] = given as [Asked | undefined]
    if (asked?.text) seen.push({ text: asked.text, values: asked.values ?? [], cpuMs: cpuMs() })
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
      const name = createHash('sha1').update(text).digest('hex')
      rows += (await client.query({ name, text, values: [...values], rowMode: 'array' })).rows.length
    }
    return rows
  }
  /** How many rows were read or passed over for these statements; with `shown`, their plans are printed too. */
  const rowsLookedAt = async (statements: readonly Statement[], isShown = false) => {
    let rows = 0
    for (const { text, values } of statements) {
      if (!/^\s*(select|with)\b/i.test(text)) continue
      const explained = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
        `explain (analyze, buffers, format json) ${text}`,
        [...values],
      )
      const [plan] = explained.rows[0]?.['QUERY PLAN'] ?? []
      if (!plan) throw new Error('Postgres explained nothing')
      rows += lookedAt(plan.Plan)
      if (isShown) console.log(`\n${text}\n${outline(plan.Plan)}`)
    }
    return rows
  }
  return { run, rowsLookedAt, close: () => client.end() }
}

/** A step of a plan, as far as we read it. Rows are of one loop. */
type Plan = {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Actual Total Time': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly Plan[]
}

/** Rows of a step that reads a table or an index itself, and of those below it. */
function lookedAt(plan: Plan): number {
  const read = plan['Node Type'].includes('Scan')
    ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)) *
      plan['Actual Loops']
    : 0
  return Math.round(read + (plan.Plans ?? []).reduce((sum, below) => sum + lookedAt(below), 0))
}

function outline(plan: Plan, depth = 0): string {
  const of = [plan['Relation Name'], plan['Index Name'] && `by ${plan['Index Name']}`].filter(Boolean).join(' ')
  const line = `${'  '.repeat(depth)}${plan['Node Type']} ${of}: ${plan['Actual Rows']} rows × ${plan['Actual Loops']}, ${plan['Actual Total Time']} ms`
  return [line, ...(plan.Plans ?? []).map((below) => outline(below, depth + 1))].join('\n')
}
