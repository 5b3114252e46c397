import { here } from './sql'
import type { Work } from './transact'

/** What is held by its id. Whoever holds rows of several follows an order of its room: docs/decisions/016-one-order-of-locks.md. */
export type Held =
  | 'Account'
  | 'ApiKey'
  | 'BudgetPeriod'
  | 'Conversation'
  | 'Media'
  | 'Member'
  | 'Post'
  | 'Recurrence'
  | 'Team'
  | 'Variant'

type Statement = TemplateStringsArray
const statement = (table: Held, strength: 'update' | 'no key update'): Statement => {
  const text = [
    `select r.id from "${table}" r where r.id = any(`,
    ') and r."workspaceId" = ',
    ` order by r.id for ${strength}`,
  ]
  return Object.assign(text, { raw: text })
}
/** Each is made once, as it is checked once. */
const made = new Map<string, Statement>()

async function lock(
  { sql }: Pick<Work, 'sql'>,
  table: Held,
  ids: Iterable<string>,
  strength: 'update' | 'no key update',
): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Set()
  const key = `${table} ${strength}`
  const known = made.get(key) ?? statement(table, strength)
  made.set(key, known)
  const rows = await sql<{ id: string }>(known, wanted, here)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Locks rows, by id in one order, until the transaction ends: nobody else changes them, takes them away, or adds rows
 * that point at them. What is read of them afterwards stays true.
 * @returns those that are there
 */
export const hold = (work: Pick<Work, 'sql'>, table: Held, ids: Iterable<string>): Promise<ReadonlySet<string>> =>
  lock(work, table, ids, 'update')

/** The same, and rows that point at them may be added meanwhile: for what many rows point at. */
export const holdStill = (work: Pick<Work, 'sql'>, table: Held, ids: Iterable<string>): Promise<ReadonlySet<string>> =>
  lock(work, table, ids, 'no key update')
