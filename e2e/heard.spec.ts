import { expect, type Page } from '@playwright/test'
import { signIn, speak, unsay } from './demo'
import { test } from './test'

const stamp = () => Date.now().toString(36)
const said = (page: Page) => page.getByRole('list', { name: 'Messages' })

/** Waits until somebody's words came in, and opens them. */
async function openFrom(page: Page, slug: string, name: string): Promise<void> {
  await page.goto(`/${slug}/inbox?view=all`)
  await page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('link', { name: new RegExp(name) })
    .click()
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
}

test('words that are changed or taken back at the network change before one’s eyes', async ({ page }) => {
  const name = `Edda ${stamp()}`
  const slug = await signIn(page)
  const id = await speak('Do you open on Sundy?', name, { kind: 'mention' })
  await openFrom(page, slug, name)
  await expect(said(page).getByText('Do you open on Sundy?')).toBeVisible()
  await unsay(id, 'Do you open on Sunday?')
  await expect(said(page).getByText('Do you open on Sunday?')).toBeVisible()
  await expect(said(page).getByText('edited')).toBeVisible()
  await unsay(id)
  await expect(said(page).getByText('Taken away at the network.')).toBeVisible()
  await expect(said(page).getByText('Do you open on Sunday?')).toHaveCount(0)
})

test('a review says its verdict, and what is said under it leads back to what it answers', async ({ page }) => {
  const name = `Rolf ${stamp()}`
  const slug = await signIn(page)
  const review = await speak('Cold coffee and slow service', name, { kind: 'review', recommends: false })
  for (const words of ['I was there, too', 'Mine was hot']) await speak(words, `Other ${stamp()}`, { on: review })
  await openFrom(page, slug, name)
  await expect(said(page).getByText('Does not recommend us')).toBeVisible()
  // The first stands right below what it answers.
  const quotes = said(page).getByRole('button', { name: /^Answers/ })
  await expect(said(page).getByText('Mine was hot')).toBeVisible()
  await expect(quotes).toHaveCount(1)
  await quotes.click()
  const line = said(page).getByRole('listitem').filter({ hasText: 'Does not recommend us' })
  await expect(line).toBeFocused()
})

test('a picture that somebody sends is shown and opens large, and a paper has its name and size', async ({ page }) => {
  const name = `Bilge ${stamp()}`
  const slug = await signIn(page)
  await speak('', name, { kind: 'dm', file: 'image' })
  await speak('And the bill', name, { kind: 'dm', file: 'file' })
  await openFrom(page, slug, name)
  const picture = said(page).getByRole('button', { name: /show it large/ })
  await expect(picture).toBeVisible()
  const width = () => picture.locator('img').evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0))
  await expect.poll(width).toBe(240)
  await picture.click()
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
  await page.keyboard.press('Escape')
  const file = await page.request.get((await said(page).getByRole('link', { name: /File/ }).getAttribute('href')) ?? '')
  expect([file.headers()['content-type'], file.headers()['content-disposition']]).toMatchObject([
    'application/pdf',
    expect.stringMatching(/^attachment/),
  ])
})
