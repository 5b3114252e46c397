import type { Work } from '@/lib/workspace'

/**
 * Words and the report of their end may come at once, and neither sees the other: who notes the end of something unheard of
 * waits until whoever takes words in is through, and they for them. The same holds for what stands wherever something else
 * stands that may be coming in right now, and for what another report may place right now. Who proves an answer of ours,
 * under which others may write, takes words in. To be called before anything is locked.
 */
export const holdEnds = ({ sql }: Work, accountId: string, alone: boolean): Promise<unknown> =>
  alone
    ? sql`select 1 as held from pg_advisory_xact_lock(hashtextextended('posthorn ends ' || ${accountId}, 0))`
    : sql`select 1 as held from pg_advisory_xact_lock_shared(hashtextextended('posthorn ends ' || ${accountId}, 0))`
