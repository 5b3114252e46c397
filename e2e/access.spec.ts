import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { openNewPost, signIn } from './demo'

const themes = ['light', 'dark'] as const

/** Serious and critical findings, in words. */
async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
}

/** What the page said it was not allowed to do, or failed at. */
function listen(page: Page): string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(`${page.url()}: ${message.text()}`)
  })
  return heard
}

async function check(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  expect(await findings(page), path).toEqual([])
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(sideways, `${path} scrolls sideways`).toBe(false)
}

for (const colorScheme of themes) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('the doors have nothing serious, and break no rule of the browser', async ({ page }) => {
      const heard = listen(page)
      for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/outbox']) await check(page, path)
      expect(heard).toEqual([])
    })

    test('every page of a workspace has nothing serious, and breaks no rule of the browser', async ({ page }) => {
      test.setTimeout(180_000)
      const slug = await signIn(page)
      const post = await openNewPost(page, slug, `Seen in the ${colorScheme} theme`, ['x @northwind'])
      const heard = listen(page)
      const pages = [
        '',
        '/calendar',
        '/calendar?view=month',
        '/compose',
        `/compose?post=${post}`,
        '/posts',
        `/posts/${post}`,
        '/inbox',
        '/contacts',
        '/media',
        '/media?view=list',
        '/accounts',
      ]
      const settings = ['', '/members', '/projects', '/ai', '/api-keys', '/permissions', '/audit', '/sessions'].map(
        (page) => `/settings${page}`,
      )
      for (const path of [...pages, ...settings]) await check(page, `/${slug}${path}`)
      expect(heard).toEqual([])
    })
  })
}
