import { createServer, type Server } from 'node:http'
import { expect, type Page } from '@playwright/test'
import { findings } from './axe'
import { signIn } from './demo'
import { test } from './test'

const stamp = () => `${Date.now().toString(36)}${Math.floor(Math.random() * 1_000)}`

async function openImport(page: Page): Promise<string> {
  const slug = await signIn(page)
  await page.goto(`/${slug}/posts`)
  await page.getByRole('button', { name: 'Import and export' }).click()
  await page.getByRole('menuitem', { name: 'Import posts' }).click()
  await expect(page.getByRole('heading', { name: 'Import posts', level: 1 })).toBeVisible()
  return slug
}

/** A file that is chosen before the page is awake would be lost. */
const choose = (page: Page, name: string, lines: readonly string[]) =>
  expect(async () => {
    const judged = page.waitForResponse(/\/posts\/import\/preview$/, { timeout: 5_000 })
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(['date,time,accounts,text', ...lines].join('\n')),
    })
    await judged
  }).toPass()

const row = (page: Page, words: string) =>
  page.getByRole('table', { name: 'Posts of the file' }).getByRole('row').filter({ hasText: words })

test('a table is judged row by row before anything is written, corrected, and imported once', async ({ page }) => {
  const slug = await openImport(page)
  const mark = stamp()
  const good = [`2031-03-03,09:30,x:@northwind,Timed ${mark}`, `,,x:@northwind,Draft ${mark}`]
  await choose(page, 'posts.csv', [
    ...good,
    `2031-03-30,02:30,x:@northwind,Lost hour ${mark}`,
    `2031-03-03,09:30,nobody,Stranger ${mark}`,
    `2031-03-03,10:30,x:@northwind,${'long '.repeat(60)}${mark}`,
  ])
  await expect(row(page, `Timed ${mark}`)).toContainText('2031-03-03 09:30')
  await expect(row(page, `Timed ${mark}`)).toContainText('Ready')
  await expect(row(page, `Draft ${mark}`)).toContainText('Draft')
  await expect(row(page, `Lost hour ${mark}`)).toContainText('02:30 does not exist on 30 March 2031')
  await expect(row(page, `Stranger ${mark}`)).toContainText('There is no connected account “nobody” here')
  await expect(row(page, 'long long')).toContainText(/X counts \d+ of 280 characters: remove \d+\./)
  await expect(page.getByText('X @northwind: 1 post for $0.015.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 2 posts, skip 3' })).toBeVisible()

  // Nothing is written by looking.
  const other = await page.context().newPage()
  await other.goto(`/${slug}/posts?q=${mark}`)
  await expect(other.getByText('No post fits these filters')).toBeVisible()
  await other.close()

  await choose(page, 'posts.csv', good)
  await page.getByRole('button', { name: 'Import 2 posts' }).click()
  await expect(page.getByText('2 posts were imported.').first()).toBeVisible()
  await choose(page, 'posts.csv', good)
  await expect(row(page, `Timed ${mark}`)).toContainText('Here already')
  const button = page.getByRole('button', { name: 'Import 0 posts, skip 2' })
  await expect(button).toHaveAccessibleDescription('No post of this file can be imported as it is.')

  await page.goto(`/${slug}/posts?q=${mark}`)
  const list = page.getByRole('main')
  await expect(list.getByRole('link', { name: new RegExp(`Timed ${mark}`) })).toBeVisible()
  await expect(list.getByRole('link', { name: new RegExp(`Draft ${mark}`) })).toBeVisible()
  await expect(list.getByRole('row').filter({ hasText: `Timed ${mark}` })).toContainText('Scheduled')

  const save = async () => {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Import and export' }).click()
    await page.getByRole('menuitem', { name: 'Export as a table (CSV)' }).click()
    return saved
  }
  expect((await save()).suggestedFilename()).toMatch(/-posts-.*\.csv$/)
  await expect(page.getByText('2 posts exported, with all they say.')).toBeVisible()

  // What a file cannot hold of a post is said when it is saved.
  await page.goto(`/${slug}/posts?state=published`)
  await save()
  const lacking = page.getByRole('dialog', { name: /posts? exported/ })
  await expect(lacking).toContainText(/What became of \d+ posts?, such as reviews and results\./)
  await lacking.getByRole('button', { name: 'Close' }).first().click()
  await expect(lacking).toHaveCount(0)
})

test('a file of messages is judged row by row before anything is written, imported once, and found in the inbox', async ({
  page,
}) => {
  const slug = await signIn(page)
  await page.goto(`/${slug}/settings/inbox/import`)
  const mark = stamp()
  const line = (id: string, at = '2026-01-05T09:00:00Z') => `${id}-${mark},dm,From long ago,${at},u-${mark},Uma ${mark}`
  const take = (lines: readonly string[]) =>
    expect(async () => {
      const judged = page.waitForResponse(/\/settings\/inbox\/import\/preview$/, { timeout: 5_000 })
      await page.getByLabel('File', { exact: true }).setInputFiles({
        name: 'old.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['id,kind,text,at,authorId,authorName', ...lines].join('\n')),
      })
      await judged
    }).toPass()
  const choice = page.getByRole('option', { name: 'Facebook' }).first()
  await expect(async () => {
    await page.getByRole('combobox', { name: 'Account' }).click()
    await choice.click({ timeout: 2_000 })
  }).toPass()
  await take([line('a'), line('b'), line('c', 'yesterday')])
  const of = (words: string) =>
    page.getByRole('table', { name: 'Messages of the file' }).getByRole('row').filter({ hasText: words })
  await expect(of('yesterday')).toContainText('at: must be an instant like')
  await expect(of('Ready')).toHaveCount(2)
  expect(await findings(page)).toEqual([])
  const width = page.viewportSize()?.width ?? 0
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)

  await page.getByRole('button', { name: 'Import 2 messages, skip 1' }).click()
  await expect(page.getByText('2 messages were imported. 1 row was left out.').first()).toBeVisible()
  await expect(page.getByRole('table', { name: 'Messages left out' }).getByRole('row')).toHaveCount(2)
  await take([line('a'), line('b')])
  await expect(of('Here already')).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Import 0 messages, skip 2' })).toHaveAccessibleDescription(
    'No message of this file can be imported as it is.',
  )
  await page.goto(`/${slug}/inbox?view=all&search=${mark}`)
  await expect(page.getByRole('list', { name: 'Conversations' }).getByRole('link')).toContainText(`Uma ${mark}`)
})

test.describe('a feed', () => {
  let server: Server
  let path = ''
  let items: readonly string[] = []
  test.beforeAll(async () => {
    server = createServer(({ url }, answer) => {
      // An earlier try may have left a feed, which must not draft what is new in this one.
      if (url !== path) return void answer.writeHead(404).end()
      const list = items.map((name) => `<item><guid>${name}</guid><title>${name}</title></item>`).join('')
      answer.end(`<rss version="2.0"><channel><title>The roastery</title>${list}</channel></rss>`)
    })
    await new Promise<void>((done) => server.listen(Number(process.env.FEED_PORT), '127.0.0.1', done))
  })
  test.afterAll(() => void server.close())

  test('that is followed drafts what is new, and nothing of what was there before', async ({ page }) => {
    const mark = stamp()
    path = `/${mark}`
    items = [`Old news ${mark}`]
    const slug = await signIn(page)
    await page.goto(`/${slug}/posts/feeds`)
    await page.getByLabel('Address').fill('http://127.0.0.1:1/feed')
    await page.getByRole('button', { name: 'Follow feed' }).click()
    await expect(page.getByText(/not on the public internet/)).toBeVisible()
    await page.getByLabel('Address').fill(`http://127.0.0.1:${process.env.FEED_PORT}${path}`)
    await page.getByLabel('X @northwind', { exact: true }).check()
    await page.getByRole('button', { name: 'Follow feed' }).click()
    const feed = page
      .getByRole('list', { name: 'Feeds' })
      .getByRole('listitem', { name: 'The roastery' })
      .filter({ hasText: mark })
    await expect(feed).toContainText('0 drafts so far')

    items = [`Fresh news ${mark}`, ...items]
    await feed.getByRole('button', { name: 'Check now' }).click()
    await expect(feed).toContainText('1 draft so far')
    await page.goto(`/${slug}/posts?q=${mark}`)
    await expect(page.getByRole('link', { name: new RegExp(`Fresh news ${mark}`) })).toBeVisible()
    await expect(page.getByRole('link', { name: new RegExp(`Old news ${mark}`) })).toHaveCount(0)
    await page.goto(`/${slug}/posts/feeds`)
    await feed.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await expect(feed).toHaveCount(0)
  })
})

test('axe finds nothing serious on the pages of import and feeds', async ({ page }) => {
  const slug = await signIn(page)
  const check = async () => {
    expect(await findings(page)).toEqual([])
    const width = page.viewportSize()?.width ?? 0
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
  await page.goto(`/${slug}/posts/import`)
  await choose(page, 'posts.csv', ['2031-03-03,09:30,x:@northwind,One', '2031-03-03,09:30,nobody,Two'])
  await expect(row(page, 'Two')).toContainText('Skipped')
  await check()
  await page.goto(`/${slug}/posts/feeds`)
  await expect(page.getByRole('heading', { name: 'Follow a feed' })).toBeVisible()
  await check()
})
