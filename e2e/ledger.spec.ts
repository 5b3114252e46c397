import { expect, type Page } from '@playwright/test'
import { openNewPost, signIn } from './demo'
import { test } from './test'

/** Long enough for the longest call (20 s), X’s lag before a read counts (20 s), and a busy machine. */
const settledWithinMs = 100_000

/** Every run writes other words: networks refuse what they had before. */
const unique = (words: string) => `${words} ${Date.now().toString(36)}`

const panel = (page: Page, name: string) => page.getByRole('article', { name, exact: true })

async function publishNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish now…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click()
}

test('a post that is published now tells so live, and its ledger proves it', async ({ page }) => {
  const slug = await signIn(page)
  await openNewPost(page, slug, unique('Fresh from the roaster'), ['x @northwind', 'bluesky @northwind.sandbox'])
  await publishNow(page)
  for (const [name, network] of [
    ['X @northwind', 'X'],
    ['Bluesky @northwind.sandbox', 'Bluesky'],
  ] as const) {
    const at = panel(page, name)
    await expect(at.getByText('Published', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
    await expect(at.getByText('Sent: accepted')).toBeVisible()
    await expect(at).toContainText(`${network} answered with its address`)
    await expect(at).toContainText(/Lateness[\d,]+ ms/)
    await at.getByText('What was to be sent').click()
    await expect(at).toContainText('Time given')
    await expect(at.getByRole('link', { name: `Open on ${network}` })).toHaveAttribute('href', /^http/)
  }
})

test.describe('when a network does not say whether it has the post', () => {
  test.skip(({ isMobile }) => isMobile, 'the same pages, and each waits out a whole call')
  test.describe.configure({ timeout: 180_000 })

  test('on LinkedIn a person says “It is there”, and that is the proof', async ({ page }) => {
    const slug = await signIn(page)
    const text = unique('We hear nothing back #fault:timeout_after_accept')
    await openNewPost(page, slug, text, ['linkedin Nora Winter'])
    await publishNow(page)
    const at = panel(page, 'LinkedIn Nora Winter')
    await expect(at.getByText('Needs you')).toBeVisible({ timeout: settledWithinMs })
    await expect(at.getByText('Sent: no certain answer')).toBeVisible()

    const profile = await at.getByRole('link', { name: /Look at/ }).getAttribute('href')
    const network = await page.context().newPage()
    await network.goto(profile ?? '')
    // LinkedIn itself knows who looks; the sandbox asks.
    await network.getByRole('link', { name: 'Nora Winter' }).click()
    const there = network.locator('.box', { hasText: text })
    await expect(there).toHaveCount(1)
    const link = await there.getByRole('link').last().getAttribute('href')
    const url = new URL(link ?? '', network.url()).href
    await network.close()

    await at.getByRole('button', { name: 'It is there' }).click()
    const dialog = page.getByRole('dialog', { name: 'It is there' })
    await dialog.getByLabel(/address at LinkedIn/).fill('linkedin.com/post')
    await dialog.getByRole('button', { name: 'It is there' }).click()
    await expect(dialog).toContainText('Paste the post’s full address')
    await dialog.getByLabel(/address at LinkedIn/).fill(url)
    await dialog.getByRole('button', { name: 'It is there' }).click()
    await expect(at.getByText('Published', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
    await expect(at).toContainText('A person said that it is there')
    // The network's own spelling of the same address.
    const urn = /urn:li:\w+:\d+/.exec(decodeURIComponent(url))?.[0] ?? url
    await expect(at.getByRole('link', { name: 'Open on LinkedIn' })).toHaveAttribute('href', new RegExp(urn))
    await expect(at.getByText(/^Sent:/)).toHaveCount(1)
  })

  test('on LinkedIn a person says “It is not: send again”, and it goes out once', async ({ page }) => {
    const slug = await signIn(page)
    const text = unique('Lost on the way #fault:drop_request')
    await openNewPost(page, slug, text, ['linkedin Nora Winter'])
    await publishNow(page)
    const at = panel(page, 'LinkedIn Nora Winter')
    await expect(at.getByText('Needs you')).toBeVisible({ timeout: settledWithinMs })
    await at.getByRole('button', { name: 'It is not: send again' }).click()
    const question = page.getByRole('alertdialog', { name: 'Send it again?' })
    await expect(question).toContainText('people will see it twice')
    await question.getByRole('button', { name: 'Send again' }).click()
    await expect(at.getByText('Published', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
    await expect(at.getByText('Sent: accepted')).toBeVisible()
  })

  test('X and Bluesky settle it by themselves, each in its way', async ({ page }) => {
    const slug = await signIn(page)
    const text = unique('Silence after yes #fault:timeout_after_accept')
    await openNewPost(page, slug, text, ['x @northwind', 'bluesky @northwind.sandbox'])
    await publishNow(page)
    const x = panel(page, 'X @northwind')
    const bluesky = panel(page, 'Bluesky @northwind.sandbox')
    for (const at of [bluesky, x])
      await expect(at.getByText('Published', { exact: true }).first()).toBeVisible({ timeout: settledWithinMs })
    await expect(x).toContainText('Found by reading the account’s posts at X back')
    await expect(bluesky).toContainText('Found at Bluesky under the key chosen before sending')
    for (const at of [bluesky, x]) {
      await expect(at.getByText('Sent: no certain answer')).toBeVisible()
      await expect(at.getByText('Looked for it: it is there')).toBeVisible()
      await expect(at.getByText(/^Sent:/)).toHaveCount(1)
    }
  })
})

test('posts are found by filters that stand in the address, and deleted from their menu', async ({
  page,
  isMobile,
}) => {
  const slug = await signIn(page)
  const text = unique('Words to be found')
  await openNewPost(page, slug, text, ['x @northwind'])
  await page.goto(`/${slug}/posts?state=draft&q=${encodeURIComponent(text)}`)
  await expect(page.getByRole('row').filter({ hasText: text })).toHaveCount(1)
  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('No post fits these filters')).toBeVisible()
  if (isMobile) return
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).not.toHaveURL(/state=/)
})

test('a post that its network lets no program delete comes back, until a person says that it is gone there', async ({
  page,
  isMobile,
}) => {
  test.skip(isMobile, 'the same page')
  const slug = await signIn(page)
  const headers = { 'x-workspace': slug }
  await page.goto(`/${slug}/posts`)
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 640
    canvas.getContext('2d')?.fillRect(0, 0, 640, 640)
    return canvas.toDataURL('image/jpeg')
  })
  const sent = await page.request.put('/api/media', {
    headers: { ...headers, 'x-file-name': 'black.jpg', 'x-alt-text': 'A%20black%20square' },
    data: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'),
  })
  const { data: media } = await sent.json()
  const text = unique('Soon to be gone')
  const id = await openNewPost(page, slug, { text, media: [media.id] }, ['instagram @northwindcoffee'])
  await publishNow(page)
  const at = panel(page, 'Instagram @northwindcoffee')
  await expect(at.getByText('Published', { exact: true }).first()).toBeVisible({ timeout: settledWithinMs })
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this post?' })
  await expect(dialog).toContainText('It stays at Instagram: no program may delete a post there.')
  await expect(dialog.getByRole('checkbox')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.goto(`/${slug}/posts`)
  const gone = await page.request.delete(`/api/posts/${id}?alsoAtNetwork=true`, { headers })
  expect(gone.ok(), await gone.text()).toBe(true)
  const bell = page.getByRole('button', { name: /^Notifications, \d+ unread/ })
  await bell.click()
  await page.getByRole('menuitem', { name: new RegExp(`${text}.*is still at its network`) }).click()
  await expect(page).toHaveURL(new RegExp(`/posts/${id}$`))
  await expect(at).toContainText('It is still there. Instagram lets no program delete a post. Delete it there.')
  await expect(at.getByRole('link', { name: 'Open on Instagram' })).toBeVisible()
  await expect(at.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await at.getByRole('button', { name: 'I deleted it there' }).click()
  await expect(page).toHaveURL(new RegExp(`/${slug}/posts$`))
  await expect(page.getByText('Noted: it is gone there')).toBeVisible()
  await expect(page.getByText(text)).toHaveCount(0)
})

test('what a post said before is kept, and comes back when it is restored', async ({ page }) => {
  const slug = await signIn(page)
  const [first, second] = [unique('Seven o’clock it is'), unique('Eight o’clock it is')]
  const id = await openNewPost(page, slug, first, ['x @northwind'])
  const edited = await page.request.put(`/api/posts/${id}`, {
    headers: { 'x-workspace': slug },
    data: { revision: 1, content: { text: second } },
  })
  expect(edited.ok(), await edited.text()).toBe(true)
  await page.reload()
  await expect(page.getByRole('region', { name: 'As written' })).toContainText(second)
  await page.getByRole('button', { name: 'Restore version 1' }).click()
  await expect(page.getByRole('region', { name: 'As written' })).toContainText(first)
  await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(3)
})
