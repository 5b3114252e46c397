import { expect, type Locator, type Page } from '@playwright/test'
import { addDays } from 'date-fns/addDays'
import { format } from 'date-fns/format'
import { findings } from './axe'
import { dayOf, dayWhenClocks, joinAs, signIn } from './demo'
import { test } from './test'

async function compose(page: Page, query: Record<string, string> = {}): Promise<string> {
  const slug = await signIn(page)
  await page.goto(`/${slug}/compose?${new URLSearchParams(query)}`)
  await expect(page.getByRole('heading', { name: 'New post', level: 1 })).toBeVisible()
  return slug
}

const account = (page: Page, words: string | RegExp): Locator =>
  page.getByRole('group', { name: /Accounts|Northwind Coffee|No project/ }).getByRole('button', { name: words })
const text = (page: Page): Locator => page.getByRole('textbox', { name: 'Post text' })
const check = (page: Page, network: string): Locator =>
  page.getByRole('list', { name: 'Checks by account' }).getByRole('listitem', { name: new RegExp(`^${network} `) })
const preview = (page: Page, network: string): Locator => page.getByRole('region', { name: `Preview on ${network} ` })
const schedule = (page: Page): Locator => page.getByRole('button', { name: /^Schedule/ })
const isSaved = (page: Page) => expect(page.getByText(/^Saved \d\d:\d\d$/)).toBeVisible()

/** A picture of one colour, made by the browser itself. */
async function picture(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 64
    canvas.getContext('2d')?.fillRect(0, 0, 64, 64)
    return canvas.toDataURL('image/png')
  })
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

test('a post is written for two networks, scheduled by keyboard, and taken back', async ({ page }) => {
  const at = `${dayOf(30)}T14:20`
  const slug = await compose(page, { at })
  const words = `Cupping on the roof ${Date.now()}`
  await text(page).fill(words)
  await account(page, /X, @northwind(?!_)/).click()
  await account(page, /Bluesky, @northwind\.sandbox/).click()
  await expect(page.getByLabel('Date')).toHaveValue(at.slice(0, 10))
  await expect(page.getByLabel('Time')).toHaveValue('14:20')
  await expect(page.getByText('On the clock of Europe/Zurich')).toBeVisible()
  await text(page).focus()
  await page.keyboard.press('Control+Enter')
  const news = page.getByRole('listitem').filter({ hasText: 'Scheduled for' })
  await expect(news).toContainText('14:20')
  await expect(news.getByRole('link', { name: 'See it in the calendar' })).toHaveAttribute(
    'href',
    `/${slug}/calendar?date=${at.slice(0, 10)}`,
  )
  // The desk is clear for the next one.
  await expect(text(page)).toHaveValue('')
  await news.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(text(page)).toHaveValue(words)
  await expect(page.getByRole('heading', { name: 'Edit post' })).toBeVisible()
})

test('a scheduled post is changed only when that is said, and keeps its time', async ({ page }) => {
  const at = `${dayOf(33)}T11:40`
  const slug = await compose(page, { at })
  await text(page).fill('Before the change')
  await account(page, /LinkedIn, northwind-coffee/).click()
  await isSaved(page)
  const id = new URL(page.url()).searchParams.get('post') ?? ''
  await schedule(page).click()
  await expect(text(page)).toHaveValue('')
  await page.goto(`/${slug}/compose?post=${id}`)
  await expect(page.getByText(`Scheduled for ${at.slice(0, 10)} at 11:40.`)).toBeVisible()
  const save = page.getByRole('button', { name: 'Save changes' })
  await expect(save).toHaveAccessibleDescription('Nothing has changed since it was saved.')
  await text(page).fill('After the change')
  await expect(page.getByText('Not saved yet; kept in this browser')).toBeVisible()
  await save.click()
  await expect(page.getByText('Saved. It keeps its time.')).toBeVisible()
  await page.reload()
  await expect(text(page)).toHaveValue('After the change')
  await expect(page.getByLabel('Time')).toHaveValue('11:40')
})

test('a post that comes again names its first dates, and a time that clocks skip is refused', async ({ page }) => {
  const skipping = dayWhenClocks('skip')
  const day = (days: number) => format(addDays(`${skipping}T12:00`, days), 'EEEE d MMMM yyyy')
  // Clocks change on Sundays.
  await compose(page, { at: `${format(addDays(`${skipping}T12:00`, -4), 'yyyy-MM-dd')}T02:30` })
  await page.getByLabel('Repeats').click()
  await page.getByRole('option', { name: 'Every week' }).click()
  await expect(page.getByText(`${day(-4)}, then ${day(3)}, then ${day(10)}`)).toBeVisible()
  await page.getByRole('button', { name: 'Friday' }).click()
  await expect(page.getByText(`${day(-4)}, then ${day(-2)}`)).toBeVisible()
  await page.getByLabel('Date').fill(skipping)
  await expect(page.getByText('Clocks skip 02:30 on this day in Europe/Zurich. Choose 03:30')).toBeVisible()
  await page.getByLabel('Date').fill(dayWhenClocks('repeat'))
  await expect(page.getByText('so 02:30 comes twice')).toBeVisible()
  await page.getByRole('radio', { name: /The second, GMT\+1/ }).click()
})

test('X says it in its own words, and goes back to the shared ones', async ({ page }) => {
  await compose(page)
  await text(page).fill('The same for everyone')
  await account(page, /X, @northwind(?!_)/).click()
  await account(page, /Bluesky, @northwind\.sandbox/).click()
  await page.getByRole('tab', { name: /Customise for X/ }).click()
  await page.getByRole('textbox', { name: /Text for X/ }).fill('Only X reads this')
  await page.getByRole('tab', { name: 'All accounts' }).click()
  await expect(text(page)).toHaveValue('The same for everyone')
  await expect(preview(page, 'X')).toContainText('Only X reads this')
  await expect(preview(page, 'Bluesky')).toContainText('The same for everyone')
  await isSaved(page)
  await page.reload()
  await page.getByRole('tab', { name: /Customise for X.*customised/ }).click()
  await expect(page.getByRole('textbox', { name: /Text for X/ })).toHaveValue('Only X reads this')
  await page.getByRole('button', { name: 'Reset to shared' }).click()
  await expect(page.getByRole('textbox', { name: /Text for X/ })).toHaveValue('The same for everyone')
})

test('a text too long by one for X is refused in words there, and fine on Bluesky', async ({ page }) => {
  await compose(page, { at: `${dayOf(31)}T10:00` })
  await account(page, /X, @northwind(?!_)/).click()
  await account(page, /Bluesky, @northwind\.sandbox/).click()
  await text(page).fill('a'.repeat(281))
  await expect(check(page, 'X')).toContainText('X counts 281 of 280 characters: remove 1.')
  await expect(check(page, 'Bluesky')).toContainText('281 / 300')
  await expect(check(page, 'Bluesky')).not.toContainText('remove')
  await expect(page.getByRole('status').filter({ hasText: 'Too long for X.' })).toBeAttached()
  await expect(schedule(page)).toHaveAttribute('aria-disabled', 'true')
  await expect(schedule(page)).toHaveAccessibleDescription(/remove 1/)
  await text(page).fill('a'.repeat(280))
  await expect(schedule(page)).not.toHaveAttribute('aria-disabled', 'true')
})

test('a picture is uploaded, described and kept; a file that is none is refused in words', async ({ page }) => {
  await compose(page)
  await text(page).fill('With a picture')
  await account(page, /Bluesky, @northwind\.sandbox/).click()
  await page.getByLabel('Add media: choose files').setInputFiles([
    { name: 'square.png', mimeType: 'image/png', buffer: await picture(page) },
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('this is no picture at all') },
  ])
  const alt = page.getByRole('textbox', { name: 'Alt text for square.png' })
  await expect(alt).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'neither a picture nor a video' })).toBeVisible()
  await expect(check(page, 'Bluesky')).toContainText('Describe square.png for people who cannot see it.')
  await alt.fill('A black square')
  await expect(check(page, 'Bluesky')).not.toContainText('Describe square.png')
  await expect(preview(page, 'Bluesky').getByRole('img', { name: 'A black square' })).toBeVisible()
  await isSaved(page)
  await page.reload()
  await expect(alt).toHaveValue('A black square')
  await page.getByRole('button', { name: 'Remove square.png' }).click()
  await page.getByRole('button', { name: 'Library' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'square.png' }).first().click()
  await page.getByRole('button', { name: 'Add file' }).click()
  await expect(page.getByRole('list', { name: 'Media' }).getByRole('listitem')).toHaveCount(1)
})

test('a long text becomes a thread, which is put in order by keyboard; LinkedIn keeps it whole', async ({ page }) => {
  await compose(page)
  const sentence = (word: string) => `${word} ${'goes on and on '.repeat(16)}here.`
  const whole = ['One', 'Two', 'Three'].map(sentence).join('\n\n')
  await account(page, /X, @northwind(?!_)/).click()
  await account(page, /LinkedIn, northwind-coffee/).click()
  await text(page).fill(whole)
  await page.getByRole('button', { name: 'Split into a thread' }).click()
  const second = page.getByRole('textbox', { name: 'Post 2 of the thread' })
  await expect(text(page)).toHaveValue(/^One/)
  await expect(second).toHaveValue(/^Two/)
  await expect(check(page, 'X')).not.toContainText('remove')
  await expect(check(page, 'LinkedIn')).not.toContainText('no threads')
  await page.getByRole('button', { name: 'Post 2 of the thread: drag' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(second).toHaveValue(/^Three/)
  await expect(page.getByRole('status').filter({ hasText: 'Now post 3 of 3.' })).toBeAttached()
  await page.getByRole('tab', { name: /Customise for LinkedIn/ }).click()
  await expect(page.getByRole('textbox', { name: /Text for LinkedIn/ })).toHaveValue(whole)
})

test('what is typed survives a reload: saved, and before it was', async ({ page }) => {
  await compose(page)
  await text(page).fill('Saved by itself')
  await isSaved(page)
  await expect(page).toHaveURL(/post=/)
  await page.reload()
  await expect(text(page)).toHaveValue('Saved by itself')
  await page.context().setOffline(true)
  await text(page).fill('Saved by itself, and then the line broke')
  await expect(page.getByText('kept in this browser')).toBeVisible()
  await page.context().setOffline(false)
  await isSaved(page)

  // Gone in the very moment of typing.
  await page.route('**/compose*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await text(page).fill('Saved by itself, and then the browser died')
  await expect(page.getByText('kept in this browser')).toBeVisible()
  await page.unroute('**/compose*')
  await page.reload()
  await expect(page.getByText('This is what you wrote until')).toBeVisible()
  await expect(text(page)).toHaveValue('Saved by itself, and then the browser died')
})

test('of two who write one post, the second is told who was first and may keep a copy', async ({ page, browser }) => {
  await compose(page)
  await text(page).fill('From the first')
  await isSaved(page)
  const other = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage()
  await other.goto(page.url())
  await text(other).fill('From the second')
  await isSaved(other)
  await other.context().close()
  await text(page).fill('From the first, again')
  const note = page.getByRole('alert').filter({ hasText: 'Two of you were writing' })
  await expect(note).toContainText('Nora Winter saved this post while you were writing')
  const before = page.url()
  await note.getByRole('button', { name: 'Save mine as a copy' }).click()
  await expect(note).toBeHidden()
  await expect(page).not.toHaveURL(before)
  await expect(text(page)).toHaveValue('From the first, again')
  await page.goto(before)
  await expect(text(page)).toHaveValue('From the second')
})

test('a draft that is scheduled meanwhile is not saved by itself, and nothing typed is lost', async ({
  page,
  browser,
}) => {
  const at = `${dayOf(34)}T16:10`
  await compose(page, { at })
  await text(page).fill('A whole sentence.')
  await account(page, /LinkedIn, northwind-coffee/).click()
  await isSaved(page)
  const address = page.url()
  const other = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage()
  await other.goto(`${address}&${new URLSearchParams({ at })}`)
  await schedule(other).click()
  await expect(other.getByText('Scheduled for')).toBeVisible()
  await text(page).fill('A half sen')
  const note = page.getByRole('alert').filter({ hasText: 'It was scheduled meanwhile' })
  await expect(note).toContainText('16:10')
  await expect(page.getByText('Not saved; kept in this browser')).toBeVisible()
  await other.goto(address)
  await expect(text(other)).toHaveValue('A whole sentence.')
  await other.context().close()
  await note.getByRole('button', { name: 'Go on in the scheduled post' }).click()
  await expect(page.getByText(`Scheduled for ${at.slice(0, 10)} at 16:10.`)).toBeVisible()
  await expect(text(page)).toHaveValue('A half sen')
  await text(page).fill('A half sentence more.')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved. It keeps its time.')).toBeVisible()
})

test('an old draft neither moves nor sends a post that was scheduled meanwhile, and leads to it', async ({
  page,
  browser,
}) => {
  const [at, later] = [`${dayOf(35)}T16:20`, dayOf(36)]
  await compose(page, { at })
  await text(page).fill('Scheduled by somebody else.')
  await account(page, /LinkedIn, northwind-coffee/).click()
  await isSaved(page)
  const other = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage()
  await other.goto(`${page.url()}&${new URLSearchParams({ at: `${later}T16:30` })}`)
  await schedule(other).click()
  await expect(other.getByText('Scheduled for')).toBeVisible()
  await other.context().close()
  await schedule(page).click()
  const note = page.getByRole('alert').filter({ hasText: 'It was scheduled meanwhile' })
  await expect(note).toContainText('16:30')
  await note.getByRole('button', { name: 'Go on in the scheduled post' }).click()
  await expect(page.getByText(`Scheduled for ${later} at 16:30.`)).toBeVisible()
})

test('publishing asks once, and then shows what became of it on the post’s page', async ({ page }) => {
  const slug = await compose(page)
  await text(page).fill(`Straight out ${Date.now()}`)
  await account(page, /Bluesky, @northwind\.sandbox/).click()
  await page.keyboard.press('Control+Shift+Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click()
  await page.waitForURL(new RegExp(`/${slug}/posts/`))
  await expect(page.getByText('Published').first()).toBeVisible({ timeout: 30_000 })
  const id = page.url().split('/').at(-1) ?? ''
  await page.goto(`/${slug}/compose?post=${id}`)
  await expect(page.getByText('This post is published, so it cannot be changed.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open its page' })).toBeVisible()
})

test('a viewer sees why they may not write, and is offered nothing to write with', async ({ page, browser }) => {
  const slug = await signIn(page)
  const viewer = await joinAs(page, browser, slug, `Vera ${Date.now()}`, 'Viewer')
  await viewer.goto(`/${slug}/compose`)
  await expect(viewer.getByText('Your role, viewer, may not write posts.')).toBeVisible()
  await viewer.goto(`/${slug}/calendar`)
  await expect(viewer.getByRole('heading', { name: 'Calendar', level: 1 })).toBeVisible()
  await expect(viewer.getByRole('region', { name: 'Posts by state' })).toContainText('in all')
  await expect(viewer.getByRole('link', { name: /new post/i })).toHaveCount(0)
  await viewer.keyboard.press('n')
  await viewer.keyboard.press('?')
  await expect(viewer.getByRole('dialog', { name: 'Keyboard shortcuts' })).not.toContainText('New post')
  await expect(viewer).toHaveURL(/\/calendar/)
  await viewer.context().close()
})

test('axe finds nothing serious in the composer', async ({ page }) => {
  await compose(page)
  await account(page, /X, @northwind(?!_)/).click()
  await account(page, /Bluesky, @northwind\.sandbox/).click()
  await account(page, /LinkedIn, northwind-coffee/).click()
  await text(page).fill('Look at this: https://www.wikipedia.org/wiki/Coffee #coffee')
  await page.getByRole('button', { name: 'Add to thread' }).click()
  await page.getByRole('button', { name: 'First comment' }).click()
  await page.getByRole('button', { name: 'UTM tags' }).click()
  expect(await findings(page)).toEqual([])
})
