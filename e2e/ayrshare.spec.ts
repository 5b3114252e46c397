import { expect, type Page } from '@playwright/test'
import { openNewPost, signIn, speak } from './demo'
import { test } from './test'

const account = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Accounts' }).getByRole('listitem', { name, exact: true })

const connectDialog = async (page: Page, slug: string) => {
  await page.goto(`/${slug}/accounts`)
  await page.getByRole('button', { name: 'Connect account' }).click()
  await page.getByRole('button', { name: 'Connect Ayrshare' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect Ayrshare' })
  // The sandbox's example is of one profile: without its key, the account's own is meant.
  await dialog.getByLabel(/^Profile key/).fill('')
  return async (key: string) => {
    await dialog.getByLabel('API key', { exact: true }).fill(key)
    await dialog.getByRole('button', { name: 'Connect Ayrshare' }).click()
    return dialog
  }
}
const key = 'SANDBOX-AYRSHARE-KEY-0001'

async function publishNow(page: Page, slug: string, text: string) {
  await openNewPost(page, slug, text, ['facebook Northwind Coffee'])
  await page.getByRole('button', { name: 'Publish now…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click()
  const panel = page.getByRole('article', { name: 'Facebook Northwind Coffee', exact: true })
  await expect(panel.getByText('Published', { exact: true }).first()).toBeVisible()
  await expect(panel.getByRole('link', { name: 'Open on Facebook' })).toBeVisible()
  return panel
}

test('one key of Ayrshare brings an account for each network that is linked there, and a post goes out by it once', async ({
  page,
}) => {
  const slug = await signIn(page)
  const connect = await connectDialog(page, slug)
  await expect((await connect('SANDBOX-AYRSHARE-KEY-nope')).getByRole('alert')).toContainText(
    'Ayrshare does not accept this key',
  )
  await expect(await connect(key)).toBeHidden()
  for (const name of ['Facebook Northwind Coffee', 'LinkedIn @northwind', 'Bluesky @northwind.example'])
    await expect(account(page, name)).toContainText('through Ayrshare')

  const text = `By one key ${Date.now().toString(36)}`
  const panel = await publishNow(page, slug, text)
  await page.goto((await panel.getByRole('link', { name: 'Open on Facebook' }).getAttribute('href')) ?? '')
  await expect(page.getByText(text)).toHaveCount(1)
})

test('who is typing when it shows that a comment belongs to a thread goes on typing there', async ({ page }) => {
  const slug = await signIn(page)
  await expect(await (await connectDialog(page, slug))(key)).toBeHidden()
  const sandbox = process.env.SANDBOX_URL ?? ''
  // How old its list of comments may be, which alone says what answers what.
  const settings = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"copyMs":20000}' }
  expect((await fetch(`${sandbox}/settings`, settings)).ok).toBe(true)
  const name = Date.now().toString(36)
  const text = `In one thread ${name}`
  await publishNow(page, slug, text)
  const effects: { text: string; id: string; account: string }[] = await (
    await fetch(`${sandbox}/effects?network=ayrshare`)
  ).json()
  const post = effects.find((effect) => effect.text === text)
  const there = { network: 'ayrshare', account: post?.account }
  const first = await speak('Do you open on Sunday morning?', `Anna ${name}`, { ...there, on: post?.id })
  await page.goto(`/${slug}/inbox?view=todo`)
  const row = (who: string) => page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: who })
  await expect(row(`Anna ${name}`)).toBeVisible()
  let ben = ''
  // Until one is heard of before the list names it.
  await expect(async () => {
    ben = `Ben ${Date.now().toString(36)}`
    await speak('I would like to know that as well.', ben, { ...there, on: first })
    await row(ben).click({ timeout: 10_000 })
  }).toPass()
  const field = page.getByRole('textbox', { name: 'Your answer' })
  await field.fill('Yes, ')
  // Each of these letters is a command where nobody writes.
  await expect(async () => {
    await page.keyboard.type('esa')
    await expect(page.getByRole('region', { name: `Conversation with Anna ${name}` })).toBeVisible({ timeout: 200 })
  }).toPass({ intervals: [100] })
  await page.keyboard.type(' and Monday')
  await expect(field).toHaveValue(/^Yes, (esa)+ and Monday$/)
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(page.getByText(`This belongs to the thread of Anna ${name}`)).toBeVisible()
})
