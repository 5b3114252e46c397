import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { here, mustStayHome, sql } from './sql'
import { TenantError } from './tenant'
import { newMember, newWorkspace } from './testing'
import type { Ctx } from './context'

let mine: Ctx
let theirs: Ctx
beforeAll(async () => {
  mine = (await newWorkspace()).owner
  theirs = (await newWorkspace()).owner
  await newMember(mine.workspaceId, 'viewer')
})
afterAll(() => prisma.$disconnect())

describe('a statement of a room', () => {
  test('sees its own workspace only', async () => {
    const count = ({ workspaceId }: Ctx, ctx: Ctx) =>
      sql(ctx)<{ n: number }>`
        select count(*)::int as n from "Member" m where m."workspaceId" = ${here} and m."workspaceId" = ${workspaceId}`
    expect(await count(mine, mine)).toEqual([{ n: 2 }])
    expect(await count(theirs, mine)).toEqual([{ n: 0 }])
  })

  test('is refused before it is sent when a table is not bound', async () => {
    await expect(sql(mine)`select m.id from "Member" m`).rejects.toThrow(/not bound/)
    await expect(sql(mine)`select m.id from "Member" m where m."workspaceId" = ${theirs.workspaceId}`).rejects.toThrow(
      /not bound/,
    )
  })

  test.each([
    ['select p.id from "Post" p join "Variant" v on v."postId" = p.id where p."workspaceId" = :here'],
    ['select p.id from "Post" p, "Variant" v where p."workspaceId" = :here'],
    ['update "Post" p set state = :value from "Variant" v where p.id = v."postId" and p."workspaceId" = :here'],
    ['update "Post" set state = :value'],
    ['insert into "Step" (id, "workspaceId") select :value, :here'],
    ['insert into "Step" ("workspaceId", id) select :value, :value'],
    ['delete from "Post" p where p.id = :value'],
    ['with gone as (select u.id from "User" u) select id from gone'],
    [
      'with recursive below as (select p.id from "Post" p where p."workspaceId" = :here union select s.id from below b join "Step" s on s.id = b.id) select id from below',
    ],
    ['select id from Post'],
    ['select tablename from pg_catalog.pg_tables'],
    ['select p.id from "Post" p where p."workspaceId" = :here and exists (select 1 from "Step" s where s.id = p.id)'],
  ])('%s reaches beyond', (statement) => {
    expect(() => mustStayHome(statement)).toThrow(TenantError)
  })

  test.each([
    ['select p.id from "Post" p where p."workspaceId" = :here order by p.id for update of p'],
    [
      'with due as (select v.id from "Variant" v where v."workspaceId" = :here for update), won as (update "Variant" v set fence = 1 from due where v.id = due.id and v."workspaceId" = :here returning v.id) select id from won',
    ],
    [
      'with recursive below as (select p.id from "Post" p where p."workspaceId" = :here union select s.id from below b join "Step" s on s.id = b.id and s."workspaceId" = :here) select id from below',
    ],
    ['insert into "Step" ("workspaceId", id) select :here, a.id from jsonb_to_recordset(:value) as a(id text)'],
  ])('%s stays at home', (statement) => {
    expect(() => mustStayHome(statement)).not.toThrow()
  })
})
