import { expect, type Page } from '@playwright/test'
import { dayOf, mailedLink } from './demo'
import { test } from './test'

test.skip(({ isMobile }) => isMobile, 'one long journey by mouse; the pages are tried on phones one by one')

const password = 'a long enough password'

/** Someone new, with a workspace of their own. @returns its slug. */
async function signUp(page: Page, name: string, email: string): Promise<string> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Workspace name').fill('Lighthouse Books')
  await page.getByRole('button', { name: /Create/ }).click()
  await page.waitForURL((url) => url.pathname.startsWith('/lighthouse-books'))
  return new URL(page.url()).pathname.split('/')[1] ?? ''
}

async function write(page: Page, slug: string, text: string): Promise<void> {
  await page.goto(`/${slug}/compose`)
  await page.getByRole('button', { name: /northwind_help/ }).click()
  await page.getByRole('textbox', { name: /text/i }).first().fill(text)
}

test('a newcomer signs up, connects, writes, schedules, drags, and sees it published with its proof', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const slug = await signUp(page, 'Ada Keeper', `ada.${Date.now()}@lighthouse.example`)

  await page.goto(`/${slug}/accounts`)
  await page.getByRole('button', { name: 'Connect account' }).first().click()
  await page.getByRole('button', { name: 'Connect X account' }).click()
  await page.getByRole('radio', { name: /northwind_help/ }).check()
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByText('@northwind_help connected')).toBeVisible()

  const [day, text] = [dayOf(1), `The lamp is lit ${Date.now().toString(36)}`]
  await write(page, slug, text)
  await page.getByLabel('Date', { exact: true }).fill(day)
  await page.getByLabel('Time', { exact: true }).fill('10:00')
  await page.getByRole('button', { name: /^Schedule/ }).click()
  await expect(page.getByText(/Scheduled/).first()).toBeVisible()

  await page.goto(`/${slug}/calendar?view=day&date=${day}`)
  const event = page.locator('[data-post]', { hasText: text.slice(0, 12) })
  await expect(event).toBeVisible()
  await event.scrollIntoViewIfNeeded()
  const box = await event.boundingBox()
  if (!box) throw new Error('the post is not on the calendar')
  await page.mouse.move(box.x + 60, box.y + 6)
  await page.mouse.down()
  await page.mouse.move(box.x + 60, box.y + 60, { steps: 10 })
  await page.mouse.move(box.x + 60, box.y + 6 + box.height * 2, { steps: 10 })
  await page.mouse.up()
  await expect(page.getByText(/Moved/).first()).toBeVisible()

  await page.goto(`/${slug}/posts`)
  await page.getByRole('link', { name: new RegExp(text.slice(0, 12)) }).click()
  await page.getByRole('button', { name: 'Publish now…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click()
  const panel = page.getByRole('article', { name: 'X @northwind_help', exact: true })
  await expect(panel.getByText('Published', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
  await expect(panel.getByText('Sent: accepted')).toBeVisible()

  const href = await panel.getByRole('link', { name: 'Open on X' }).getAttribute('href')
  await page.goto(href ?? '')
  await expect(page.getByText(text)).toHaveCount(1)
})

test('an invited viewer sees everything and publishes nothing, and is told why', async ({ page, browser }) => {
  const stamp = Date.now().toString(36)
  const slug = await signUp(page, 'Bea Owner', `bea.${stamp}@lighthouse.example`)
  await page.goto(`/${slug}/settings/members`)
  await page.getByLabel('Email').fill(`vic.${stamp}@lighthouse.example`)
  await page.getByLabel('Role').first().click()
  await page.getByRole('option', { name: /Viewer/ }).click()
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByText(/Invitation sent/)).toBeVisible()

  const elsewhere = await browser.newContext()
  const viewer = await elsewhere.newPage()
  await viewer.goto(await mailedLink(viewer, `vic.${stamp}@lighthouse.example`, /invite/i))
  await viewer.getByLabel('Your name').fill('Vic Viewer')
  await viewer.getByLabel('Password', { exact: true }).fill(password)
  await viewer.getByRole('button', { name: 'Create account and join' }).click()
  await viewer.waitForURL((url) => url.pathname.startsWith(`/${slug}`))

  await viewer.goto(`/${slug}/compose`)
  await expect(viewer.getByText(/may not|role/i).first()).toBeVisible()
  const refused = await viewer.request.post('/api/posts', {
    headers: { 'x-workspace': slug },
    data: { content: { text: 'Let me in' }, platforms: [] },
  })
  expect(refused.status()).toBe(403)
  expect((await refused.json()).error.code).toBe('FORBIDDEN')
  await elsewhere.close()
})
