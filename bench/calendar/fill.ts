import { prisma } from '@/lib/core/db'

/** The month that is asked for, within the two years over which posts are spread. */
export const month = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') }
const years = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2028-01-01T00:00:00Z') }
export const inTheMonth = 600
/** What a workspace has in two years with so many in each month. */
const ofOneWorkspace = inTheMonth * 24

type Batch = { readonly workspaceId: string; readonly posts: number; readonly from: Date; readonly to: Date }

/**
 * Posts spread evenly over a time, with one or two variants each, and a picture on every fourth. Written by the
 * database itself, without its foreign keys being checked: a million in a minute. What is not far ahead was published:
 * nothing is due while it is measured.
 */
async function write({ workspaceId, posts, from, to }: Batch): Promise<void> {
  if (posts <= 0) return
  await prisma.$transaction(
    async (db) => {
      await db.$executeRaw`set local session_replication_role = replica`
      await db.$executeRaw`
        with written as (
          insert into "Post" (id, "workspaceId", "authorId", content, excerpt, platforms, state, "publishAt", "wallTime", "timeZone", "updatedAt")
          select uuidv7()::text, ${workspaceId}, 'bench',
            jsonb_build_object('text', 'Post number ' || n || '. ' || repeat('We open at eight and roast on Tuesdays. ', 5)),
            'Post number ' || n || '. We open at eight and roast on Tuesdays.',
            case when n % 2 = 0 then array['x', 'linkedin'] else array['x'] end,
            case when at < now() + interval '1 hour' then 'published' else 'scheduled' end,
            at, to_char(at, 'YYYY-MM-DD"T"HH24:MI'), 'UTC', now()
          from (
            select n, ${from.toISOString()}::timestamp + (n - 0.5) / ${posts}::float8 * (${to.toISOString()}::timestamp - ${from.toISOString()}::timestamp) as at
            from generate_series(1, ${posts}::int) n
          ) rows
          returning id, platforms, state, "publishAt"
        ), variants as (
          insert into "Variant" (id, "workspaceId", "postId", "accountId", platform, state, "publishAt")
          select uuidv7()::text, ${workspaceId}, written.id, ${workspaceId} || platform, platform, state::"VariantState", "publishAt"
          from written, unnest(platforms) platform
        )
        insert into "PostMedia" ("workspaceId", "postId", "mediaId")
        select ${workspaceId}, id, 'bench' from written where right(id, 1) in ('0', '4', '8', 'c')`
    },
    { timeout: 300_000, maxWait: 10_000 },
  )
}

/**
 * Brings the table to `posts`: the workspace that is asked has 600 in the month and grows to two years of as many, the
 * rest belongs to workspaces of the same kind.
 */
export async function fillTo(workspaceId: string, posts: number): Promise<void> {
  const mine = await prisma.post.count({ where: { workspaceId } })
  const wanted = Math.min(posts, inTheMonth)
  await write({ workspaceId, posts: wanted - mine, ...month })
  const more = Math.min(posts, ofOneWorkspace) - Math.max(mine, wanted)
  const before = Math.floor(
    (more * (month.from.getTime() - years.from.getTime())) / (years.to.getTime() - years.from.getTime()),
  )
  await write({ workspaceId, posts: before, from: years.from, to: month.from })
  await write({ workspaceId, posts: more - before, from: month.to, to: years.to })
  let there = await prisma.post.count()
  for (let n = await prisma.workspace.count(); there < posts; n++) {
    const some = Math.min(ofOneWorkspace, posts - there)
    await prisma.workspace.create({
      data: { id: `other-${n}`, slug: `other-${n}`, name: `Other ${n}`, timeZone: 'UTC' },
    })
    await write({ workspaceId: `other-${n}`, posts: some, ...years })
    there += some
  }
  for (const table of ['Post', 'Variant', 'PostMedia']) await prisma.$executeRawUnsafe(`vacuum analyze "${table}"`)
}
