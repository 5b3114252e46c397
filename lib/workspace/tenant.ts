import { Prisma, prisma } from '@/lib/core/db'

const FILTERED = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
  'update',
  'updateMany',
  'updateManyAndReturn',
  'delete',
  'deleteMany',
])
const CREATES = new Set(['create', 'createMany', 'createManyAndReturn'])
const STEALS = new Set(['connect', 'connectOrCreate', 'set'])

/** How a JSON column is emptied. */
export const jsonNull = Prisma.DbNull

/** A bug that would have crossed workspaces. Thrown, never returned. */
export class TenantError extends Error {}

type Field = { name: string; kind: string; type: string }
/** The generated client's own description of the tables, so that a new model needs no list to be edited. */
const models = () =>
  (prisma as unknown as { _runtimeDataModel: { models: Record<string, { fields: Field[] }> } })._runtimeDataModel.models
const relation = (model: string, name: string) =>
  models()[model]?.fields.find((field) => field.name === name && field.kind === 'object')

const enums = Prisma as unknown as Record<string, Record<string, string> | undefined>
/** True when the model carries `workspaceId`. */
export const isTenantModel = (model: string): boolean => 'workspaceId' in (enums[`${model}ScalarFieldEnum`] ?? {})

/**
 * Nested writes may make or change this row's own children, and nothing else: a nested `connect` would move another
 * workspace's row into this one, and a write through a shared row would reach everyone else's.
 */
function refuseSteals(model: string, data: unknown, path = model): void {
  if (Array.isArray(data)) return data.forEach((row) => refuseSteals(model, row, path))
  if (data === null || typeof data !== 'object') return
  for (const [name, value] of Object.entries(data)) {
    const field = relation(model, name)
    if (!field || value === undefined) continue
    if (!isTenantModel(field.type))
      throw new TenantError(`${path}.${name}: ${field.type} is shared between workspaces, pass its id`)
    for (const [verb, inner] of Object.entries(value as object)) {
      if (STEALS.has(verb)) throw new TenantError(`${path}.${name}.${verb}: pass the id, not a nested ${verb}`)
      const rows = (Array.isArray(inner) ? inner : [inner]) as (
        | { data?: unknown; create?: unknown; update?: unknown }
        | undefined
      )[]
      for (const row of rows)
        for (const part of [row?.data, row?.create, row?.update, verb === 'create' ? row : undefined])
          refuseSteals(field.type, part, `${path}.${name}`)
    }
  }
}

/** A shared row (a User, say) may be read through, but not beyond: its other relations lead into other workspaces. */
function refuseDetours(model: string, shape: unknown, path = model): void {
  if (shape === null || typeof shape !== 'object') return
  const { include, select } = shape as { include?: Record<string, unknown>; select?: Record<string, unknown> }
  for (const [name, inner] of Object.entries({ ...include, ...select })) {
    const field = relation(model, name)
    if (!field || !inner) continue
    if (!isTenantModel(model))
      throw new TenantError(`${path}.${name}: ${model} is shared between workspaces, stop there`)
    refuseDetours(field.type, inner, `${path}.${name}`)
  }
}

const eachRow = (data: unknown) => (Array.isArray(data) ? data : [data]) as ({ workspaceId?: string } | undefined)[]

function refuseStrangers(model: string, operation: string, workspaceId: string, data: unknown): void {
  for (const row of eachRow(data))
    if (row?.workspaceId !== workspaceId) throw new TenantError(`${model}.${operation}: row of another workspace`)
}

function refuseMoves(model: string, operation: string, workspaceId: string, data: unknown): void {
  for (const row of eachRow(data))
    if (row?.workspaceId !== undefined && row.workspaceId !== workspaceId)
      throw new TenantError(`${model}.${operation}: may not leave its workspace`)
}

const kept = new Map<string, WeakRef<ScopedDb>>()

/** A database client that can only see and touch one workspace. Made once for as long as somebody holds it. */
export function scopedTo(workspaceId: string): ScopedDb {
  const known = kept.get(workspaceId)?.deref()
  if (known) return known
  const made = scope(workspaceId)
  kept.set(workspaceId, new WeakRef(made))
  gone.register(made, workspaceId)
  return made
}
const gone = new FinalizationRegistry<string>((workspaceId) => {
  if (!kept.get(workspaceId)?.deref()) kept.delete(workspaceId)
})

function scope(workspaceId: string) {
  const client = prisma.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          if (!isTenantModel(model))
            throw new TenantError(`${model} has no workspaceId: reach it through lib/workspace`)
          refuseDetours(model, args)
          const given = args as { where?: object; data?: unknown; create?: unknown; update?: unknown }
          const own = { ...args, where: { ...given.where, workspaceId } }
          if (CREATES.has(operation)) {
            refuseStrangers(model, operation, workspaceId, given.data)
            refuseSteals(model, given.data)
            return query(args)
          }
          // Prisma's types cannot say "the same arguments, narrowed": the two calls below only add to `where`.
          if (operation === 'upsert') {
            refuseStrangers(model, operation, workspaceId, given.create)
            refuseMoves(model, operation, workspaceId, given.update)
            refuseSteals(model, given.create)
            refuseSteals(model, given.update)
            return query(own as never)
          }
          if (FILTERED.has(operation)) {
            refuseMoves(model, operation, workspaceId, given.data ?? {})
            refuseSteals(model, given.data)
            return query(own as never)
          }
          throw new TenantError(`${model}.${operation} is not known to be safe`)
        },
      },
    },
  })
  return client as Omit<
    typeof client,
    '$queryRaw' | '$queryRawUnsafe' | '$executeRaw' | '$executeRawUnsafe' | '$connect' | '$disconnect' | '$extends'
  >
}

export type ScopedDb = ReturnType<typeof scope>
/** The same, inside a transaction. */
export type ScopedTx = Parameters<Parameters<ScopedDb['$transaction']>[0]>[0]
