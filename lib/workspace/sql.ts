import { Prisma } from '@/lib/core/db'
import type { Ctx } from './context'
import { isTenantModel, TenantError, type ScopedDb, type ScopedTx } from './tenant'

/** Stands in a statement for the id of the workspace. */
export const here = Symbol('this workspace')

type Value = string | number | boolean | Date | null | readonly string[] | typeof here
type Raw = { $queryRaw<T>(query: Prisma.Sql): PromiseLike<T> }

const checked = new WeakSet<TemplateStringsArray>()

/**
 * One statement over this workspace's rows, for what `ctx.db` cannot say: many rows that each change differently, or
 * locks in a stated order. Every table in it must be held to the workspace, or it is refused before it is sent: a table
 * that is read or changed by `alias."workspaceId" = ${here}`, an insert by `("workspaceId", …) select ${here}, …`.
 * @returns the rows, in the caller's words for them: their columns and types are what the statement says.
 */
export const sql =
  (ctx: Ctx, db: ScopedDb | ScopedTx = ctx.db) =>
  async <Row extends object>(strings: TemplateStringsArray, ...values: readonly Value[]): Promise<readonly Row[]> => {
    if (!checked.has(strings)) {
      mustStayHome(strings.reduce((text, part, n) => `${text}${values[n - 1] === here ? ':here' : ':value'}${part}`))
      checked.add(strings)
    }
    const bound = values.map((value) => (value === here ? ctx.workspaceId : value))
    // The methods are there; the types of a room's database leave them out, so that this is the only way to them.
    return (db as unknown as Raw).$queryRaw<Row[]>(Prisma.sql(strings, ...bound))
  }

/** Throws unless every table of a statement is bound to the workspace. Holes are written `:here` and `:value`. */
export function mustStayHome(statement: string): void {
  const text = statement.replace(/\s+/g, ' ')
  const made = new Set([...text.matchAll(/(?:with|with recursive|,) (\w+) as \(/gi)].map(([, name]) => name))
  const relation = /\b(from|join|update|into|using) (?:only )?("?)([\w.]+)\2(\()?(?: (?:as )?(\w+))?/gi
  let tables = 0
  for (const [all, verb = '', quote, name = '', call, alias] of text.matchAll(relation)) {
    // `for update of v` locks what was named before, and a function reads no table.
    if (call || (!quote && made.has(name)) || /^(update (of|skip)\b|from (distinct)\b)/i.test(all)) continue
    if (!quote) throw new TenantError(`${all}: a table is named in quotes, so that it can be checked`)
    if (!isTenantModel(name)) throw new TenantError(`${name} has no workspaceId: reach it through lib/workspace`)
    tables += 1
    const bound =
      verb.toLowerCase() === 'into'
        ? new RegExp(`into "${name}" \\("workspaceId",[^)]*\\) select :here,`, 'i')
        : new RegExp(`\\b${alias ?? `"${name}"`}\\."workspaceId" = :here\\b`)
    if (!bound.test(text)) throw new TenantError(`${name} is not bound to the workspace in: ${text}`)
  }
  // A table that stands where it was not looked for (after a comma, say) was not checked.
  const named = [...text.matchAll(/(::)?"([A-Z]\w*)"/g)].filter(([, cast, name = '']) => !cast && isTenantModel(name))
  if (named.length !== tables) throw new TenantError(`A table is named where it cannot be checked in: ${text}`)
}
