import { here, type Work } from '@/lib/workspace'
import { standsAs, type Told } from './merge-items'
import type { Incoming } from '@/lib/platforms'

/** A message that was reported before anything told where it belongs, and that is told of now. */
export type PlacedLate = {
  readonly id: string
  readonly externalId: string
  readonly conversationId: string
  /** With the place that it has from now on. */
  readonly item: Incoming
}

/** Those among what is told that nothing had placed so far. Once a place is kept beside one, it is none of them any more. */
export async function placedLate(
  { sql }: Work,
  accountId: string,
  told: ReadonlyMap<string, Told>,
): Promise<ReadonlyMap<string, PlacedLate>> {
  const placed = new Map([...told].flatMap(([name, words]) => [[name, standsAs(words)] as const]))
  const names = [...placed].flatMap(([name, item]) => (item ? [name] : []))
  if (names.length === 0) return new Map()
  const rows = await sql<Omit<PlacedLate, 'item'>>`
    select m.id, m."externalId", m."conversationId" from "Message" m
    where m."accountId" = ${accountId} and m."externalId" = any(${names}) and m."erasedAt" is null
      and m.source ->> 'unplaced' = 'true' and m.source -> 'placed' is null and m."workspaceId" = ${here}`
  return new Map(
    rows.flatMap((row) => {
      const item = placed.get(row.externalId)
      return item ? [[row.externalId, { ...row, item }]] : []
    }),
  )
}

type With = { readonly id: string; readonly conversationId: string; readonly withId: string }

/**
 * These messages, and what stands below them in their conversations: what answers them, by the network's word or as it was
 * written here, and so on.
 * @returns each with that of the given ones which it stands below
 */
export const withBelow = ({ sql }: Work, messageIds: readonly string[]): Promise<readonly With[]> =>
  sql<With>`
    with recursive going as (
      select m.id, m."externalId", m."conversationId", m.id as "withId" from "Message" m
      where m.id = any(${messageIds}) and m."workspaceId" = ${here}
      union
      select b.id, b."externalId", b."conversationId", g."withId" from going g
      join "Message" b on b."conversationId" = g."conversationId" and b."workspaceId" = ${here} and b.id <> all(${messageIds})
        and (b."parentExternalId" = g."externalId" or exists (
          select 1 from "Reply" r
          where r."messageId" = g.id and r."workspaceId" = ${here}
            -- As nameInThread calls it.
            and b."externalId" = r."externalId" || case when r."privatelyTo" is null then '' else ':privately' end))
    )
    select distinct on (g.id) g.id, g."conversationId", g."withId" from going g order by g.id, g."withId"`
