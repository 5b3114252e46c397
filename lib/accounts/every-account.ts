import { z } from 'zod'
import { everyPage } from '@/lib/core/every-page'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { EveryAccount, type AccountInNeed, type AccountName } from './schema'

const columns = { id: true, platform: true, method: true, handle: true, displayName: true } as const

type Row = Omit<AccountName, 'platformLabel'> & { readonly method: string }
const nameOf = ({ method, ...row }: Row): AccountName => ({
  ...row,
  platformLabel: adapterOf({ platform: row.platform, method }).label,
})

const byName = (a: AccountName, b: AccountName): number =>
  a.platformLabel.localeCompare(b.platformLabel) || a.handle.localeCompare(b.handle)

/** What every account is called, however many there are, by network and handle: to choose from, and to name them. */
export const everyAccount = query({
  can: 'account.read',
  input: EveryAccount,
  async run({ db }, { includeDisconnected }): Promise<Result<readonly AccountName[]>> {
    const rows = await everyPage((after, take) =>
      db.account.findMany({
        where: { id: { gt: after }, ...(includeDisconnected ? {} : { state: { not: 'disconnected' } }) },
        orderBy: { id: 'asc' },
        take,
        select: columns,
      }),
    )
    return ok(rows.map(nameOf).toSorted(byName))
  },
})

/** Every account through which nothing goes out until somebody connects it again, each with why. */
export const accountsInNeed = query({
  can: 'account.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly AccountInNeed[]>> {
    const rows = await everyPage((after, take) =>
      db.account.findMany({
        where: { id: { gt: after }, state: 'needs_reconnect' },
        orderBy: { id: 'asc' },
        take,
        select: { ...columns, lastErrorMessage: true },
      }),
    )
    return ok(rows.map(({ lastErrorMessage, ...row }) => ({ ...nameOf(row), why: lastErrorMessage })).toSorted(byName))
  },
})
