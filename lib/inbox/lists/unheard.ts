import { ok, type Result } from '@/lib/core/result'
import { here, query, sql } from '@/lib/workspace'
import { ListUnheard, type Unheard } from '../schema'

/** A limit is no trouble, and an account that must be reconnected says so itself. */
const toldElsewhere = ['rate_limited', 'auth_expired', 'PLATFORM_AUTH_FAILED']
/** What passes by itself is worth telling only when it does not. */
const passing = ['unavailable', 'SERVICE_UNAVAILABLE']
const lasting = 3
const mostListed = 200

type Row = Omit<Unheard, 'at'> & { readonly at: Date }

/** Healthy accounts of which not all that people write can be read: one entry for each, at most 200. */
export const listUnheard = query({
  can: 'account.read',
  input: ListUnheard,
  async run(ctx, { accountIds }): Promise<Result<readonly Unheard[]>> {
    const rows = await sql(ctx)<Row>`
      select distinct on (f."accountId") f."accountId", f."lastError" as why, f."lastPolledAt" as at,
        case when f."postExternalId" <> '' then 'posts' when f.failures > 0 then 'all' else 'some' end as what,
        (count(*) filter (where f."postExternalId" <> '') over (partition by f."accountId"))::int as posts
      from "Account" a join "InboxFeed" f on f."accountId" = a.id and f."workspaceId" = ${here}
      where a."workspaceId" = ${here} and a.state = 'healthy' and a.id = any(coalesce(${accountIds ?? null}, array[a.id]))
        and f.trouble is not null and f.trouble <> all(${toldElsewhere})
        and (f.failures >= ${lasting} or f.trouble <> all(${passing}))
        and f."lastError" is not null and f."lastPolledAt" is not null
      order by f."accountId", f."postExternalId"
      limit ${mostListed}`
    return ok(rows.map((row) => ({ ...row, at: row.at.toISOString() })))
  },
})
