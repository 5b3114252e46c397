import { expect, type Locator, type Page } from '@playwright/test'
import { format } from 'date-fns/format'
import { dayOf, dayWhenClocks, openNewPost, signIn } from './demo'
import { test } from './test'

const zone = 'Europe/Zurich'
async function showCalendar(page: Page, slug: string, query: Record<string, string>): Promise<void> {
  await page.goto(`/${slug}/calendar?${new URLSearchParams(query)}`)
  await expect(page.getByRole('heading', { name: 'Calendar', level: 1 })).toBeVisible()
}

/** Where a time is in the week or day that is shown: just inside its slot. */
async function slot(page: Page, day: string, time: string): Promise<{ x: number; y: number }> {
  // Of the hours at the side: posts say their times, too.
  const hour = page.getByText(time, { exact: true }).and(page.locator(':not([data-post] *)'))
  await hour.scrollIntoViewIfNeeded()
  const row = await hour.boundingBox()
  const column = await page.locator(`[role="columnheader"][data-date="${day}"]`).boundingBox()
  if (!row || !column) throw new Error(`${day} ${time} is not in sight`)
  return { x: column.x + column.width / 2, y: row.y + row.height / 2 }
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  // Several steps, as a hand makes them: the calendar looks where the pointer passes.
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 })
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.mouse.up()
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  await locator.scrollIntoViewIfNeeded()
  const box = await locator.boundingBox()
  if (!box) throw new Error('nothing to take hold of')
  return { x: box.x + box.width / 2, y: box.y + Math.min(8, box.height / 2) }
}

/**
 * A draft of its own for X, so that a second try finds one, beside a calendar that shows the day, and on it what says
 * its words alone: a week has room for two at a time, where earlier tries may have left theirs. @returns its words.
 */
async function openWithDraft(page: Page, what: string, day: string, faults = ''): Promise<string> {
  const slug = await signIn(page)
  const words = `${what} ${Date.now()}`
  await openNewPost(page, slug, `${words} ${faults}`.trim(), ['x @northwind'])
  await showCalendar(page, slug, { view: 'week', date: day, drafts: 'true', q: words })
  return words
}

/** A post of its own for X at a time of the demo's tomorrow, in a list of what says its words alone. @returns it there. */
async function openWithPost(page: Page, what: string, day: string, time: string): Promise<Locator> {
  const slug = await signIn(page)
  const words = `${what} ${Date.now()}`
  await openNewPost(page, slug, words, ['x @northwind'], `${day}T${time}`)
  await showCalendar(page, slug, { view: 'list', date: day, q: words })
  return page.locator('[data-post]', { hasText: words })
}

/** Takes the draft from the tray to a time, and says what it is called on the calendar. */
async function placeDraft(page: Page, words: string, day: string, time: string): Promise<Locator> {
  const draft = page.getByRole('complementary', { name: 'Drafts' }).getByRole('button', { name: words })
  await expect(draft).toBeVisible()
  await expect(page.getByText('Drag one onto the calendar')).toBeVisible()
  await expect(page.locator(`[role="columnheader"][data-date="${day}"]`)).toBeVisible()
  const to = await slot(page, day, time)
  await drag(page, await middleOf(draft), to)
  return page.locator('[data-post]', { hasText: words })
}

async function chooseFromMenu(page: Page, event: Locator, item: string | RegExp): Promise<void> {
  await event.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: item }).click()
}

test.describe('on a wide screen', () => {
  test.skip(({ isMobile }) => isMobile, 'dragging is for wide screens; phones have “Move to…”')

  test('a draft is dropped on a time, dragged to another, and both can be undone', async ({ page }) => {
    const [monday, next] = [dayOf(14), dayOf(15)]
    const words = await openWithDraft(page, 'Placed by hand', monday)
    const event = await placeDraft(page, words, monday, '10:00')
    await expect(event).toContainText('10:00')
    await expect(page.getByText(/^Scheduled for .*10:00/)).toBeVisible()

    const sameWeek = await page.locator(`[role="columnheader"][data-date="${next}"]`).isVisible()
    const target = sameWeek ? next : monday
    // Both are in sight before either is measured: what one scrolls to moves the other.
    const to = await slot(page, target, '13:00')
    await drag(page, await middleOf(event), to)
    // Where in the post it was taken hold of decides the minutes.
    await expect(event).toContainText(/13:\d\d/)
    await page.getByRole('listitem').filter({ hasText: 'Moved to' }).getByRole('button', { name: 'Undo' }).click()
    await expect(event).toContainText('10:00')
    await page.reload()
    await expect(event).toContainText('10:00')

    await chooseFromMenu(page, event, 'Back to drafts')
    await expect(event).toHaveCount(0)
    await expect(page.getByRole('complementary', { name: 'Drafts' }).getByRole('button', { name: words })).toBeVisible()
  })

  test('news that comes while a post is pulled at neither takes it away nor stops it from being moved', async ({
    page,
    context,
  }) => {
    const day = dayOf(16)
    const words = await openWithDraft(page, 'Held while news comes', day)
    const event = await placeDraft(page, words, day, '10:00')
    await expect(event).toContainText('10:00')
    const other = await context.newPage()
    const slug = await signIn(other)
    const newsComes = async () => {
      const news = `News ${Date.now()}`
      await openNewPost(other, slug, news, ['x @northwind'])
      const drafts = page.getByRole('complementary', { name: 'Drafts' })
      await expect(drafts.getByRole('button', { name: news })).toBeVisible()
    }
    const to = await slot(page, day, '15:00')
    const from = await middleOf(event)
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await newsComes()
    await page.mouse.move(to.x, to.y, { steps: 8 })
    await newsComes()
    await page.mouse.up()
    await expect(event).toContainText(/15:\d\d/)
    await expect(page.getByText(/^Moved to .*15:\d\d/)).toBeVisible()
  })

  test('“Move to…” moves by keyboard alone, and says why a time that does not exist is refused', async ({ page }) => {
    const [day, skipping] = [dayOf(1), dayWhenClocks('skip')]
    const event = await openWithPost(page, 'Moved by keyboard', day, '12:15')
    await chooseFromMenu(page, event, 'Move to…')
    const dialog = page.getByRole('dialog', { name: 'Move to…' })
    await expect(dialog).toContainText(zone)
    await dialog.getByLabel('Date').fill(skipping)
    await dialog.getByLabel('Time').fill('02:30')
    await page.keyboard.press('Enter')
    const named = format(`${skipping}T12:00`, 'd MMMM yyyy')
    await expect(dialog.getByRole('alert')).toContainText(`02:30 does not exist on ${named}`)
    await dialog.getByLabel('Date').fill(day)
    await dialog.getByLabel('Time').fill('18:45')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(event).toContainText('18:45')
    await page.getByRole('listitem').filter({ hasText: 'Moved to' }).getByRole('button', { name: 'Undo' }).click()
    await expect(event).toContainText('12:15')
  })

  test('a post that is being sent cannot be dragged, and says so', async ({ page }) => {
    const day = dayOf(21)
    // X does not say that it has it, nor show it for longer than this takes.
    const faults = '#fault:timeout_after_accept #fault:delayed_visibility=60000'
    const words = await openWithDraft(page, 'Held while it is sent', day, faults)
    const event = await placeDraft(page, words, day, '09:00')
    await expect(event).toContainText('09:00')
    await chooseFromMenu(page, event, /Publish now/)
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await expect(dialog).toBeHidden()
    // A day shows all that is in it; a week has room for two at a time.
    await page.keyboard.press('t')
    await page.keyboard.press('d')
    await expect(event.getByText(/Sending…|Outcome unknown|Finding out…/)).toBeAttached()
    const from = await middleOf(event)
    await drag(page, from, { x: from.x, y: from.y + 120 })
    await expect(page.getByText(/so it cannot move/).first()).toBeVisible()
  })
})

test('filters are in the address, and come back from it', async ({ page, isMobile }) => {
  const slug = await signIn(page)
  const [day, words] = [dayOf(3), `Filtered ${Date.now()}`]
  await openNewPost(page, slug, `${words} here`, ['bluesky @northwind.sandbox'], `${day}T10:00`)
  await openNewPost(page, slug, `${words} there`, ['linkedin Nora Winter'], `${day}T11:00`)
  // By its words, because a month has room for few posts of a day.
  await showCalendar(page, slug, { view: 'month', date: day, q: words })
  const bluesky = page.locator('[data-post]', { hasText: `${words} here` })
  const linkedIn = page.locator('[data-post]', { hasText: `${words} there` })
  for (const each of [bluesky, linkedIn]) await expect(each).toBeVisible()
  await page.getByRole('button', { name: /^Network/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'LinkedIn' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/network=linkedin/)
  await expect(bluesky).toHaveCount(0)
  await expect(linkedIn).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: /^Network 1/ })).toBeVisible()
  await expect(linkedIn).toBeVisible()
  await expect(bluesky).toHaveCount(0)
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page).not.toHaveURL(/network=/)
  if (!isMobile) {
    await page.getByRole('searchbox').fill('no post says this')
    await expect(page.getByText('fits these filters')).toBeVisible()
  }
})

test('what one browser changes, another shows without asking', async ({ page, browser }) => {
  const event = await openWithPost(page, 'Moved by another', dayOf(1), '08:30')
  const other = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage()
  await other.goto(page.url())
  const there = other.locator('[data-post]', { hasText: 'Moved by another' })
  await expect(there).toContainText('08:30')
  await chooseFromMenu(page, event, 'Move to…')
  await page.getByRole('dialog').getByLabel('Time').fill('19:20')
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
  await expect(there).toContainText('19:20')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(there).toContainText('08:30')
  await other.context().close()
})
