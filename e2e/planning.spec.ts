import { expect, type Page } from '@playwright/test'
import { format } from 'date-fns/format'
import { dayOf, openNewPost, signIn } from './demo'
import { test } from './test'

const stamp = () => Date.now().toString(36)
const stats = (page: Page) => page.getByRole('region', { name: 'Posts by state' })

/** The composer with an account chosen. @returns the workspace's slug */
async function compose(page: Page, account: RegExp): Promise<string> {
  const slug = await signIn(page)
  await page.goto(`/${slug}/compose`)
  await page
    .getByRole('group', { name: /Accounts|Northwind Coffee|No project/ })
    .getByRole('button', { name: account })
    .click()
  return slug
}

test('pointing at a post shows what it says, without leaving the calendar', async ({ page, isMobile }) => {
  test.skip(isMobile, 'there is nothing to point with')
  const slug = await signIn(page)
  const [day, words] = [dayOf(1), `Pointed at ${stamp()}`]
  await openNewPost(page, slug, words, ['linkedin Nora Winter'], `${day}T12:15`)
  await page.goto(`/${slug}/calendar?${new URLSearchParams({ view: 'list', date: day, q: words })}`)
  await page.locator('[data-post]', { hasText: words }).hover()
  const preview = page.getByRole('dialog', { name: 'Preview' })
  await expect(preview).toContainText(words)
  await expect(preview.getByRole('list', { name: 'Accounts' }).getByRole('listitem').first()).toBeVisible()
  await expect(preview.getByRole('link', { name: 'Open post' })).toHaveAttribute('href', new RegExp(`/${slug}/posts/`))
  await page.mouse.move(2, 2)
  await expect(preview).toBeHidden()
})

test('the numbers above the calendar count what is shown, and filter by being pressed', async ({ page }) => {
  const slug = await signIn(page)
  const day = dayOf(3)
  await openNewPost(page, slug, `Counted among others ${stamp()}`, ['x @northwind'], `${day}T10:00`)
  await page.goto(`/${slug}/calendar?view=month&date=${day}`)
  await expect(stats(page)).toContainText(/\d+ in all/)
  const scheduled = stats(page).getByRole('button', { name: /^Scheduled/ })
  // Posts that an earlier journey left on their way may arrive between two looks.
  await expect(async () => {
    const all = await stats(page)
      .getByText(/in all/)
      .textContent()
    const counts = await stats(page).getByRole('button').allTextContents()
    const sum = counts.map((text) => Number(/\d+$/.exec(text)?.[0])).reduce((sum, count) => sum + count, 0)
    expect(sum).toBe(Number(/(\d+) in all/.exec(all ?? '')?.[1]))
  }).toPass()
  await scheduled.click()
  await expect(page).toHaveURL(/state=scheduled/)
  await page.reload()
  await expect(scheduled).toHaveAttribute('aria-pressed', 'true')
})

test('a project is picked, stands in the address, and comes back from it', async ({ page }) => {
  const slug = await signIn(page)
  await page.goto(`/${slug}/calendar?view=month`)
  await page.getByRole('button', { name: 'Project', exact: true }).click()
  await page.getByRole('menuitemradio', { name: 'Northwind Coffee' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/project=/)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Northwind Coffee', exact: true })).toBeVisible()
  await expect(stats(page)).toContainText('in all')
})

test('with a network chosen, the numbers above the calendar are of what it shows', async ({ page }) => {
  const slug = await signIn(page)
  const [day, words] = [dayOf(3), `Counted ${stamp()}`]
  for (const [which, account] of [
    ['one', 'x @northwind'],
    ['two', 'bluesky @northwind.sandbox'],
    ['three', 'bluesky @northwind.sandbox'],
  ] as const)
    await openNewPost(page, slug, `${words} ${which}`, [account], `${day}T10:00`)
  await page.goto(`/${slug}/calendar?${new URLSearchParams({ view: 'list', date: day, q: words })}`)
  const shown = page.locator('[data-post]')
  await expect(stats(page)).toContainText('3 in all')
  await expect(shown).toHaveCount(3)
  await page.goto(`${page.url()}&network=bluesky`)
  await expect(shown).toHaveCount(2)
  await expect(stats(page)).toContainText('2 in all')
  await expect(stats(page).getByRole('button', { name: /^Scheduled/ })).toContainText('2')
})

test('several posts are selected, moved together, moved back, sent, and deleted', async ({ page }) => {
  const slug = await signIn(page)
  const [day, next, words] = [dayOf(9), dayOf(10), `Together ${stamp()}`]
  const write = (which: string, wallTime?: string) =>
    openNewPost(page, slug, `${words} ${which}`, ['x @northwind'], wallTime)
  await write('one', `${day}T09:00`)
  await write('two', `${day}T17:30`)
  await write('three')
  await page.goto(`/${slug}/posts?q=${encodeURIComponent(words)}`)
  const boxes = page.getByRole('checkbox', { name: new RegExp(`Select “${words}`) })
  await expect(boxes).toHaveCount(3)
  for (const box of await boxes.all()) await box.check()
  const bar = page.getByRole('region', { name: 'Selected posts' })
  await expect(bar).toContainText('3 selected')
  const stand = (which: string, how: string) =>
    expect(page.getByRole('row').filter({ hasText: `${words} ${which}` })).toContainText(how)
  const standOn = async (day: string) => {
    const date = format(`${day}T12:00`, 'EEE d MMM yyyy')
    await stand('one', `${date}, 09:00`)
    await stand('two', `${date}, 17:30`)
  }
  await standOn(day)

  // The draft has no time to be moved from: it says so, and stays selected.
  await bar.getByRole('button', { name: 'Move by…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move 3 posts' })
  await dialog.getByLabel('By').fill('0')
  await expect(dialog).toContainText('Between 1 hour and 365 days.')
  await dialog.getByLabel('By').fill('1')
  await dialog.getByRole('button', { name: 'Move' }).click()
  await expect(page.getByText(/2 posts moved\. 1 post stayed as before\. /)).toBeVisible()
  await expect(bar).toContainText('1 selected')
  await standOn(next)
  await page.getByRole('listitem').filter({ hasText: '2 posts moved' }).getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('2 posts back where they were')).toBeVisible()
  await standOn(day)

  for (const box of await boxes.all()) await box.check()
  await bar.getByRole('button', { name: 'Publish now…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText('3 posts on the way')).toBeVisible()
  for (const which of ['one', 'two', 'three']) await stand(which, 'Published')

  for (const box of await boxes.all()) await box.check()
  await bar.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('3 posts deleted')).toBeVisible()
  await expect(boxes).toHaveCount(0)
})

test('what its page takes off the schedule can be put back where it was', async ({ page }) => {
  const slug = await signIn(page)
  const id = await openNewPost(page, slug, `Taken off ${stamp()}`, ['x @northwind'], `${dayOf(11)}T11:20`)
  const stands = async () => {
    const answer = await page.request.get(`/api/posts/${id}`, { headers: { 'x-workspace': slug } })
    return (await answer.json()).post.status
  }
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Cancel: back to drafts' }).click()
  await expect(page.getByText('Back among the drafts')).toBeVisible()
  expect(await stands()).toBe('draft')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/^Scheduled again for .*, 11:20$/)).toBeVisible()
  expect(await stands()).toBe('scheduled')
})

test('a post takes the next free slot of its account', async ({ page }) => {
  const slug = await compose(page, /X, @northwind(?!_)/)
  const answer = await page.request.get('/api/accounts', { headers: { 'x-workspace': slug } })
  const { data } = await answer.json()
  const account = data.find(
    (one: { platform: string; handle: string }) => one.platform === 'x' && one.handle === '@northwind',
  )
  await page.goto(`/${slug}/accounts/${account.id}`)
  await page.getByRole('combobox', { name: 'Day' }).click()
  await page.getByRole('option', { name: 'Sunday' }).click()
  await page.getByLabel('Time').fill('06:35')
  await page.getByRole('button', { name: 'Add slot' }).click()
  await expect(page.getByRole('button', { name: 'Remove Sunday 06:35' })).toBeVisible()
  // It is shown at once, and kept a moment later.
  await expect(page.getByRole('button', { name: 'Add slot' })).not.toHaveAttribute('aria-busy')

  await page.goto(`/${slug}/compose`)
  await page.getByRole('button', { name: /X, @northwind(?!_)/ }).click()
  await page.getByRole('textbox', { name: 'Post text' }).fill(`When there is room ${stamp()}`)
  await page.getByRole('radio', { name: 'Next free slot' }).click()
  await page.getByRole('button', { name: /^Schedule|^Add to queue/ }).click()
  await expect(page.getByText(/Scheduled/).first()).toBeVisible()
})

test('a link gets a card with words of one’s own, and its tags are shown as readers will open them', async ({
  page,
}) => {
  await compose(page, /Bluesky, @northwind\.sandbox/)
  await page.getByRole('textbox', { name: 'Post text' }).fill('Read on')
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  await page.getByLabel('Link', { exact: true }).fill('http://127.0.0.1:9/roast')
  // Nobody is asked but the public internet: a page within a company's walls is not looked at.
  await expect(page.getByText(/This page cannot be looked at: .*not on the public internet/)).toBeVisible()
  await page.getByLabel('Card title').fill('How we roast')
  await expect(page.getByRole('region', { name: 'Preview on Bluesky ' })).toContainText('How we roast')
  await page.getByRole('button', { name: 'UTM tags' }).click()
  await page.getByLabel('Source').fill('newsletter')
  await page.getByLabel('Campaign').fill('winter-roast')
  await expect(page.getByText(/^Readers will open/)).toContainText(
    'http://127.0.0.1:9/roast?utm_source=newsletter&utm_campaign=winter-roast',
  )
})
