/**
 * Going down the inbox's list in Chromium, a step with every frame: how long frames take, how many are dropped, how long
 * the list keeps people waiting for more, and what the page holds in memory. Floor: the same steps down a bare page of
 * as many rows in sight, none of which does anything.
 */
import { chromium, type Page } from '@playwright/test'
import { prisma } from '@/lib/core/db'
import { buildForTests } from '@/scripts/build.mjs'
import { chromiumArgs, findChromium } from '@/scripts/chromium.mjs'
import { at } from '@/scripts/place.mjs'
import { startProduct } from '@/scripts/product.mjs'
import { signedIn, visitorOf } from './browser/visitors'
import { fillTo, newInbox } from './inbox/fill'
import { head, only, percentile, ratio, shown, sizes } from './report'

const asked = sizes({ conversations: [100_000], rows: [6_000] })
const [conversations, rows] = [only(asked.conversations), only(asked.rows)]
const rowHeight = 84
/** What a display of 60 Hz gives a frame. */
const frameMs = 1_000 / 60

type Went = {
  readonly framesMs: readonly number[]
  /** How long there was nothing to go on to, though there was more. */
  readonly waitedMs: number
  /** Frames with no row in the middle of the list. */
  readonly blank: number
  readonly at: number
}

/**
 * Goes along what scrolls around `list`, 84 rows a second at 60 Hz, until row `to` is at its top or nothing more comes.
 * @param row what must be in sight all the time; nothing is looked for when it is empty
 */
async function go(page: Page, list: string, row: string, to: number): Promise<Went> {
  // What runs us names functions by a helper that the page does not have.
  await page.evaluate('globalThis.__name ??= (named) => named')
  return page.evaluate(
    ({ selector, rowSelector, target, step }) =>
      new Promise<Went>((resolve, reject) => {
        const scroller = document.querySelector(selector)?.parentElement
        if (!scroller) return reject(new Error(`There is no ${selector}`))
        const { left, top, width, height } = scroller.getBoundingClientRect()
        const way = target > scroller.scrollTop ? step : -step
        const framesMs: number[] = []
        let [last, waitedMs, stillMs, blank] = [performance.now(), 0, 0, 0]
        const onFrame = (time: number) => {
          const tookMs = time - last
          last = time
          framesMs.push(tookMs)
          const before = scroller.scrollTop
          if (rowSelector && !document.elementFromPoint(left + width / 2, top + height / 2)?.closest(rowSelector))
            blank += 1
          scroller.scrollTop = before + way
          const isMoved = scroller.scrollTop !== before
          stillMs = isMoved ? 0 : stillMs + tookMs
          if (!isMoved) waitedMs += tookMs
          const isThere = way > 0 ? scroller.scrollTop >= target : scroller.scrollTop <= target
          if (isThere || stillMs > 10_000)
            resolve({ framesMs: framesMs.slice(1), waitedMs: waitedMs - stillMs, blank, at: scroller.scrollTop })
          else requestAnimationFrame(onFrame)
        }
        return requestAnimationFrame(onFrame)
      }),
    { selector: list, rowSelector: row, target: to * rowHeight, step: Math.round(rowHeight * 1.4) },
  )
}

/** MB that the page's scripts hold, after what nobody needs was thrown away. */
async function heldMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1_000_000
}

const databaseUrl = process.env.DATABASE_URL
if (!databaseUrl) throw new Error('Run it by npm run bench -- inbox-page')
head(`The inbox’s page: down ${rows} of ${conversations} conversations`)
const product = await startProduct({
  folder: at('.test/inbox-page'),
  given: { PATH: process.env.PATH, HOME: process.env.HOME },
  databaseUrl,
  demo: false,
  dist: await buildForTests(),
  ports: { web: 5_350, sandbox: 5_360 },
  say: console.log,
  step: (_title: string, work: () => unknown) => work(),
})
const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
const inbox = await newInbox()
await fillTo(inbox, conversations)
const visitor = await visitorOf(inbox.ctx)
const page = await signedIn(browser, product.url, visitor)

/** The list is asked for `all`, so that none of its rows leaves it. */
const open = (view: string) => page.goto(`${product.url}/${visitor.slug}/inbox?view=${view}`)
await open('all')
await page.locator('[data-conversation]').nth(5).waitFor()
const heldAtFirst = await heldMb(page)
const conversationsList = 'ul[aria-label="Conversations"]'
const firstRow = page.locator('[data-conversation]').first()
const first = await firstRow.getAttribute('data-conversation')
const down = await go(page, conversationsList, '[data-conversation]', rows)
const held = await heldMb(page)
const drawn = await page.locator('[data-conversation]').count()
const nodes = await page.locator('*').count()
const up = await go(page, conversationsList, '[data-conversation]', 0)
await page.locator(`[data-conversation="${first}"]`).waitFor()

const bare = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
await bare.setContent(
  `<div style="height:800px;overflow-y:auto"><ul style="height:${conversations * rowHeight}px">${'<li style="height:84px">Somebody said something</li>'.repeat(20)}</ul></div>`,
)
const heldByBare = await heldMb(bare)
const floor = await go(bare, 'ul', '', rows)

const figures = (of: string, { framesMs, waitedMs, blank, at: top }: Went) => ({
  of,
  'row at the end': Math.round(top / rowHeight),
  frames: framesMs.length,
  'frame p50, ms': shown(percentile(framesMs, 0.5)),
  'p95, ms': shown(percentile(framesMs, 0.95)),
  'longest, ms': shown(Math.max(...framesMs)),
  'dropped frames, %': shown(
    (100 * framesMs.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / frameMs) - 1), 0)) /
      framesMs.reduce((sum, ms) => sum + Math.max(1, Math.round(ms / frameMs)), 0),
  ),
  'blank frames, %': shown((100 * blank) / framesMs.length),
  'waited for more, ms': Math.round(waitedMs),
})
console.table([figures('down the inbox', down), figures('up again', up), figures('down a bare page', floor)])
console.log(
  `${drawn} rows and ${nodes} elements stood in the page far down. Its scripts held ${shown(heldAtFirst)} MB with the first page of the list, ${shown(held)} MB far down; those of a bare page ${shown(heldByBare)} MB.`,
)
ratio(
  'p95 of a frame down the inbox / down a bare page',
  percentile(down.framesMs, 0.95) / percentile(floor.framesMs, 0.95),
)
await browser.close()
await product.stop()
await prisma.$disconnect()
process.exit(0)
