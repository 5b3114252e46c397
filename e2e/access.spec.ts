import { expect, type Page } from '@playwright/test'
import { findings } from './axe'
import { mailedLink, openNewPost, signIn, speak } from './demo'
import { test } from './test'

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
  // A phone's browser widens the window to what is in it, so the window is no measure.
  const width = page.viewportSize()?.width ?? 0
  const sideways = (await page.evaluate(() => document.documentElement.scrollWidth)) > width
  expect(sideways, `${path} scrolls sideways`).toBe(false)
}

test('the doors have nothing serious, and break no rule of the browser', async ({ page, browser }) => {
  const email = `seen.${Date.now()}@northwind.example`
  const owner = await (await browser.newContext()).newPage()
  const slug = await signIn(owner)
  await owner.goto(`/${slug}/settings/members`)
  await owner.getByLabel('Email').fill(email)
  await owner.getByRole('button', { name: 'Send invitation' }).click()
  await expect(owner.getByText(/Invitation sent/)).toBeVisible()
  const invitation = new URL(await mailedLink(owner, email, /invite/i)).pathname
  await owner.context().close()
  const heard = listen(page)
  const doors = ['/sign-in', '/sign-up', '/forgot-password', '/outbox', invitation]
  for (const path of [...doors, '/invitations/no-such', '/reset-password/no-such']) await check(page, path)
  expect(heard).toEqual([])
  // Here the browser itself notes the 404.
  await check(page, '/no-such-page/at/all')
})

test('every page of a workspace has nothing serious, and breaks no rule of the browser', async ({ page }) => {
  test.setTimeout(180_000)
  const slug = await signIn(page)
  const post = await openNewPost(page, slug, 'Seen in both themes', ['x @northwind'])
  const heard = listen(page)
  const pages = [
    '',
    '/calendar',
    '/calendar?view=month',
    '/calendar?view=day',
    '/calendar?view=list',
    '/calendar?view=week&drafts=true',
    '/compose',
    `/compose?post=${post}`,
    '/posts',
    `/posts/${post}`,
    '/inbox',
    '/analytics',
    '/contacts',
    '/media',
    '/media?view=list',
    '/accounts',
  ]
  const settings = [
    '',
    '/members',
    '/projects',
    '/notifications',
    '/ai',
    '/api-keys',
    '/webhooks',
    '/permissions',
    '/audit',
    '/sessions',
  ].map((page) => `/settings${page}`)
  for (const path of [...pages, ...settings]) await check(page, `/${slug}${path}`)
  await check(page, '/new-workspace')
  expect(heard).toEqual([])
})
test('an open conversation, its contact, and pages that are not there have nothing serious', async ({ page }) => {
  const slug = await signIn(page)
  await speak('Are you open on Sunday?', `Mira ${Date.now().toString(36)}`)
  await page.goto(`/${slug}/inbox?view=all`)
  const conversation = page.getByRole('list', { name: 'Conversations' }).getByRole('link').first()
  await check(page, (await conversation.getAttribute('href')) ?? '')
  await page.goto(`/${slug}/contacts`)
  const contact = page.getByRole('table').getByRole('link').first()
  await check(page, (await contact.getAttribute('href')) ?? '')
  await page.goto(`/${slug}/posts/no-such-post`)
  await expect(page.getByText('There is no such page in this workspace')).toBeVisible()
  expect(await findings(page), 'not found').toEqual([])
})

test('a page that broke says so, and has nothing serious', async ({ page }) => {
  const slug = await signIn(page)
  // The part of the calendar that draws it never arrives.
  await page.route('**/*.js', async (route) => {
    const answer = await route.fetch()
    const isGrid = (await answer.text()).includes('dayGridMonth')
    await (isGrid ? route.abort() : route.fulfill({ response: answer }))
  })
  await page.goto(`/${slug}/calendar`)
  await expect(page.getByText('This page could not be shown')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(await findings(page), 'error').toEqual([])
})
