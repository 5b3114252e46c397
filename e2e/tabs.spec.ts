import { expect, type BrowserContext, type Page } from '@playwright/test'
import { openNewPost, signIn } from './demo'
import { test } from './test'

/** The streams that the pages of a browser have asked for so far. */
function streamsOf(context: BrowserContext): readonly string[] {
  const streams: string[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/stream') streams.push(request.url())
  })
  return streams
}

async function openPosts(page: Page, slug: string): Promise<Page> {
  await page.goto(`/${slug}/posts`)
  await expect(page.getByRole('heading', { name: 'Posts', level: 1 })).toBeVisible()
  return page
}

test.skip(({ isMobile }) => isMobile, 'a phone shares as a desk does')

const unique = (words: string) => `${words} ${Date.now().toString(36)}`
const to = ['x @northwind']

test('seven tabs of a browser share one stream, and go on when the one that holds it is closed', async ({
  page,
  context,
  browser,
}) => {
  const streams = streamsOf(context)
  const slug = await signIn(page)
  await openPosts(page, slug)
  await expect.poll(() => streams.length).toBe(1)
  const others: Page[] = []
  // Browsers open six connections to a server.
  for (let n = 2; n <= 7; n++) others.push(await openPosts(await context.newPage(), slug))

  const writer = await (await browser.newContext()).newPage()
  await signIn(writer)
  const first = unique('Said to seven tabs')
  await openNewPost(writer, slug, first, to)
  for (const tab of [page, ...others]) await expect(tab.getByText(first).first()).toBeVisible()
  expect(streams).toHaveLength(1)

  const second = unique('Said at the hand-over')
  await page.close()
  await openNewPost(writer, slug, second, to)
  for (const tab of others) await expect(tab.getByText(second).first()).toBeVisible()
  const third = unique('Said to six tabs')
  await openNewPost(writer, slug, third, to)
  for (const tab of others) await expect(tab.getByText(third).first()).toBeVisible()
  expect(streams).toHaveLength(2)
  await writer.context().close()
})

test('where tabs cannot share, one that is hidden lets its stream go, and is true again when it is seen', async ({
  page,
  context,
  browser,
}) => {
  // As at an address without https.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'))
  const streams = streamsOf(context)
  const show = (state: 'visible' | 'hidden') =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  const slug = await signIn(page)
  await openPosts(page, slug)
  await expect.poll(() => streams.length).toBe(1)
  const closed = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/stream'))
  await show('hidden')
  await closed
  // Longer than a refresh rests that was asked for before.
  await page.waitForTimeout(3_000)
  const writer = await (await browser.newContext()).newPage()
  await signIn(writer)
  const text = unique('Said to nobody')
  await openNewPost(writer, slug, text, to)
  await expect(page.getByText(text)).toHaveCount(0)
  await show('visible')
  await expect(page.getByText(text).first()).toBeVisible()
  expect(streams).toHaveLength(2)
  await writer.context().close()
})
