/**
 * The calendar's page in Chromium, from the address to the posts of the month being drawn, while the table grows; the
 * same page of a workspace without posts, opened in turns with it, is the floor.
 */
import { chromium, type Page } from '@playwright/test'
import { makeOwner } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { buildForTests } from '@/scripts/build.mjs'
import { chromiumArgs, findChromium } from '@/scripts/chromium.mjs'
import { at } from '@/scripts/place.mjs'
import { startProduct } from '@/scripts/product.mjs'
import { signedIn, visitorOf } from './browser/visitors'
import { fillTo } from './calendar/fill'
import { head, only, percentile, ratio, shown, sizes } from './report'

const asked = sizes({ posts: [1_000, 100_000, 1_000_000], visits: [20] })
const visits = only(asked.visits)
/** @returns milliseconds until the month stands, with its posts where there are some. */
async function open(page: Page, slug: string, drawn: string): Promise<number> {
  const started = performance.now()
  await page.goto(`${product.url}/${slug}/calendar?view=month&date=2026-11-15`, { waitUntil: 'commit' })
  await page.locator(drawn).first().waitFor()
  return performance.now() - started
}

const databaseUrl = process.env.DATABASE_URL
if (!databaseUrl) throw new Error('Run it by npm run bench -- calendar-page')
head(`The calendar’s page: a month of 600 posts, ${visits} visits`)
const product = await startProduct({
  folder: at('.test/calendar-page'),
  given: { PATH: process.env.PATH, HOME: process.env.HOME },
  databaseUrl,
  demo: false,
  dist: await buildForTests(),
  ports: { web: 5_310, sandbox: 5_320 },
  say: console.log,
  step: (_title: string, work: () => unknown) => work(),
})
const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
const [ctx, other] = [await makeOwner('UTC'), await makeOwner('UTC')]
const [full, empty] = [await visitorOf(ctx), await visitorOf(other)]
const [ours, floor] = [await signedIn(browser, product.url, full), await signedIn(browser, product.url, empty)]
const table: Record<string, string | number>[] = []
for (const posts of asked.posts) {
  await fillTo(ctx.workspaceId, posts)
  const took: { month: number[]; nothing: number[] } = { month: [], nothing: [] }
  for (let n = -3; n < visits; n++) {
    const month = await open(ours, full.slug, '[data-post]')
    const nothing = await open(floor, empty.slug, '[role="columnheader"]')
    // The first ones wake the server up.
    if (n < 0) continue
    took.month.push(month)
    took.nothing.push(nothing)
  }
  for (const [of, times] of [
    ['a month of 600 posts', took.month],
    ['a month without posts', took.nothing],
  ] as const)
    table.push({
      'posts in the table': posts,
      of,
      'p50, ms': shown(percentile(times, 0.5)),
      'p95, ms': shown(percentile(times, 0.95)),
    })
  ratio(
    `page with 600 posts / without, p50 at ${posts} posts`,
    percentile(took.month, 0.5) / percentile(took.nothing, 0.5),
  )
}
console.table(table)
await browser.close()
await product.stop()
await prisma.$disconnect()
process.exit(0)
