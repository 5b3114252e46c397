import { expect, type Page } from '@playwright/test'
import { openNewPost, signIn } from './demo'
import { test } from './test'

const account = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Accounts' }).getByRole('listitem', { name, exact: true })

test('one key of Ayrshare brings an account for each network that is linked there, and a post goes out by it once', async ({
  page,
}) => {
  const slug = await signIn(page)
  await page.goto(`/${slug}/accounts`)
  await page.getByRole('button', { name: 'Connect account' }).click()
  await page.getByRole('button', { name: 'Connect Ayrshare' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect Ayrshare' })
  await dialog.getByLabel('API key', { exact: true }).fill('SANDBOX-AYRSHARE-KEY-nope')
  // The sandbox's example is of one profile: without its key, the account's own is meant.
  await dialog.getByLabel(/^Profile key/).fill('')
  await dialog.getByRole('button', { name: 'Connect Ayrshare' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Ayrshare does not accept this key')
  await dialog.getByLabel('API key', { exact: true }).fill('SANDBOX-AYRSHARE-KEY-0001')
  await dialog.getByRole('button', { name: 'Connect Ayrshare' }).click()
  await expect(dialog).toBeHidden()
  for (const name of ['Facebook Northwind Coffee', 'LinkedIn @northwind', 'Bluesky @northwind.example'])
    await expect(account(page, name)).toContainText('through Ayrshare')

  const text = `By one key ${Date.now().toString(36)}`
  await openNewPost(page, slug, text, ['facebook Northwind Coffee'])
  await page.getByRole('button', { name: 'Publish now…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click()
  const panel = page.getByRole('article', { name: 'Facebook Northwind Coffee', exact: true })
  await expect(panel.getByText('Published', { exact: true }).first()).toBeVisible()
  await page.goto((await panel.getByRole('link', { name: 'Open on Facebook' }).getAttribute('href')) ?? '')
  await expect(page.getByText(text)).toHaveCount(1)
})
