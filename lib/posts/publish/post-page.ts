import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { day, inMs, minute, now, second } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { endingWith } from '@/lib/core/http'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace'
import type { LinkPreview } from '../schema'
import { readPage } from '../write/read-page'

/** As long as `readPage` may take, and a little more. */
const leaseMs = 10 * second
const lookAgainMs = 100
/** For so long a page says to all accounts of a post what it said to the first; a page that could not be had may be soon. */
const goodForMs = day
const goneForMs = minute

const Kept = z.union([
  z.object({
    page: z.object({
      url: z.string(),
      title: z.string().nullable(),
      description: z.string().nullable(),
      imageUrl: z.string().nullable(),
    }),
  }),
  z.object({ why: z.string() }),
])
type Kept = z.output<typeof Kept>

const answerOf = (kept: Kept): Result<LinkPreview, string> => ('page' in kept ? ok(kept.page) : fail(kept.why))

type Asked = { readonly postId: string; readonly url: string }

/**
 * What the page at an address of a post says of itself: read once for all accounts, by whichever comes first, and anew
 * when the post was saved since. Waits while another reads, as long as reading may take. Fails as `readPage` does.
 */
export async function pageOfPost(ctx: Ctx, { postId, url }: Asked): Promise<Result<LinkPreview, string>> {
  const { workspaceId, db } = ctx
  const key = { postId, addressHash: sha256(url) }
  for (;;) {
    const at = now()
    const [{ revision }, row] = await Promise.all([
      db.post.findUniqueOrThrow({ where: { id: postId }, select: { revision: true } }),
      db.postPage.findUnique({ where: { postId_addressHash: key } }),
    ])
    if (row?.readAt && row.revision === revision) {
      const kept = Kept.parse(row.found)
      if (at < inMs('page' in kept ? goodForMs : goneForMs, row.readAt)) return answerOf(kept)
    }
    const claim = { revision, readAt: null, readingUntil: inMs(leaseMs, at) }
    const claimed = row
      ? row.readingUntil <= at &&
        (await db.postPage.updateMany({ where: { ...key, readingUntil: row.readingUntil }, data: claim })).count === 1
      : (await db.postPage.createMany({ data: [{ ...key, workspaceId, ...claim }], skipDuplicates: true })).count === 1
    if (claimed) return readFor(ctx, { ...key, readingUntil: claim.readingUntil }, url)
    await wait(lookAgainMs)
  }
}

type Claimed = { readonly postId: string; readonly addressHash: string; readonly readingUntil: Date }

async function readFor({ db }: Ctx, claimed: Claimed, url: string): Promise<Result<LinkPreview, string>> {
  // Others wait for it: it does not end with the account that happens to do it.
  const page = await endingWith(undefined, () => readPage(url))
  const found: Kept = page.ok ? { page: page.value } : { why: page.error }
  const at = now()
  await db.postPage.updateMany({ where: claimed, data: { found: toJson(found), readAt: at, readingUntil: at } })
  return page
}
