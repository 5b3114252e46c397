import { expect, test, type Page } from '@playwright/test'
import { joinAs, signIn } from './demo'

const account = 'northwindcoffee'
const stamp = () => Date.now().toString(36)

/** Somebody speaks to the demo's page at the sandbox's Facebook. */
async function speak(text: string, name: string): Promise<void> {
  const answer = await fetch(`${process.env.SANDBOX_URL}/speak`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      network: 'facebook',
      account,
      kind: 'comment',
      text,
      by: { handle: name.toLowerCase().replaceAll(' ', '.'), name },
    }),
  })
  expect(answer.status, await answer.text()).toBe(201)
}

/** How often something with these words came to be at the network. */
async function timesAtNetwork(text: string): Promise<number> {
  const effects = await (await fetch(`${process.env.SANDBOX_URL}/effects?network=facebook`)).json()
  return effects.filter((effect: { text: string }) => effect.text === text).length
}

const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: new RegExp(name) })
const field = (page: Page) => page.getByRole('textbox', { name: 'Your answer' })

/** Waits until somebody's words came in, and opens them. */
async function openFrom(page: Page, slug: string, name: string): Promise<void> {
  await page.goto(`/${slug}/inbox?view=all`)
  await row(page, name).click()
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
}

test.describe('at a desk', () => {
  test.skip(({ isMobile }) => isMobile, 'keys and two windows; phones have a journey of their own')

  test('a complaint arrives live, is answered, and the answer is at the network once', async ({ page }) => {
    const name = `Rosa ${stamp()}`
    const text = `We are sorry, ${name}: it is on its way.`
    const slug = await signIn(page)
    await page.goto(`/${slug}/inbox?view=all`)
    await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
    await speak('My order is two weeks late and nobody answers. This is terrible!', name)
    await expect(row(page, name)).toBeVisible()
    await row(page, name).click()
    await expect(page.getByRole('list', { name: 'Messages' }).getByText('two weeks late')).toBeVisible()
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('r')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type(text)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('Your answer goes out in a moment')).toBeVisible()
    await expect(field(page)).toHaveValue('')
    const sent = page.locator('[data-own=true]', { hasText: text })
    await expect(sent.getByText(/^Sent once/)).toBeVisible({ timeout: 60_000 })
    expect(await timesAtNetwork(text)).toBe(1)
    const href = await sent.getByRole('link', { name: 'Open at the network' }).getAttribute('href')
    await page.goto(href ?? '')
    await expect(page.getByText(text)).toHaveCount(1)
  })

  test('an answer can be taken back before it goes, and its words are there again', async ({ page }) => {
    const name = `Olav ${stamp()}`
    const text = `Too early, ${name}`
    const slug = await signIn(page)
    await speak('Do you ship to Norway?', name)
    await openFrom(page, slug, name)
    await field(page).fill(text)
    await page.getByRole('button', { name: 'Send answer' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(field(page)).toHaveValue(text)
    await expect(page.locator('[data-reply=queued]')).toHaveCount(0)
    expect(await timesAtNetwork(text)).toBe(0)
  })

  test('a draft survives another conversation, a reload, and a network that is away', async ({ page, context }) => {
    const [name, other] = [`Mia ${stamp()}`, `Ida ${stamp()}`]
    const text = 'We open at nine on Sundays, and'
    const slug = await signIn(page)
    await speak('Are you open on Sunday?', name)
    await speak('And on Monday?', other)
    await openFrom(page, slug, name)
    await field(page).fill(text)
    await expect(row(page, name).getByText('Draft')).toBeVisible()
    await row(page, other).click()
    await expect(field(page)).toHaveValue('')
    await row(page, name).click()
    await expect(field(page)).toHaveValue(text)
    await page.reload()
    await expect(field(page)).toHaveValue(text)
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Send answer' }).click()
    await expect(page.getByText(/Posthorn did not answer/)).toBeVisible()
    await context.setOffline(false)
    await expect(field(page)).toHaveValue(text)
  })

  test('of two people at one conversation the second is told who answers', async ({ page, browser }) => {
    const name = `Tom ${stamp()}`
    const slug = await signIn(page)
    const second = await joinAs(page, browser, slug, `Anna ${stamp()}`, 'Manager')
    await speak('I want my money back', name)
    await openFrom(page, slug, name)
    await openFrom(second, slug, name)
    await field(page).pressSequentially('Dear Tom')
    await expect(second.getByText('Nora Winter is replying')).toBeVisible()
    await expect(row(second, name).getByText('Nora Winter is answering')).toBeVisible()
    await field(second).pressSequentially('Hello Tom')
    await expect(second.getByText(/Nora Winter is answering this right now/)).toBeVisible()
    await expect(second.getByRole('button', { name: 'Send all the same' })).toBeVisible()
    await second.context().close()
  })

  test('what is done leaves the list, opens the next, and comes back by undo', async ({ page }) => {
    const name = `Lea ${stamp()}`
    const slug = await signIn(page)
    await speak('Thanks, all good now', name)
    await page.goto(`/${slug}/inbox?search=${encodeURIComponent(name)}`)
    await row(page, name).click()
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('e')
    await expect(row(page, name)).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(row(page, name)).toBeVisible()
  })

  test('what is snoozed comes back by itself at its time', async ({ page }) => {
    const name = `Udo ${stamp()}`
    const slug = await signIn(page)
    await speak('Call me later', name)
    await page.goto(`/${slug}/inbox?search=${encodeURIComponent(name)}`)
    await row(page, name).click()
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('s')
    await page.getByRole('menuitem', { name: 'Another time…' }).click()
    const until = new Date(Date.now() + 65_000)
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Zurich', dateStyle: 'short', timeStyle: 'short' })
    await page.getByLabel('Date and time').fill(wall.format(until).replace(' ', 'T'))
    await page.getByRole('button', { name: 'Snooze', exact: true }).last().click()
    await expect(row(page, name)).toHaveCount(0)
    await expect(row(page, name)).toBeVisible({ timeout: 120_000 })
  })

  test('two contacts become one person, and two again', async ({ page }) => {
    const mark = stamp()
    const [one, two] = [`Ana ${mark}`, `Ann ${mark}`]
    const slug = await signIn(page)
    await speak('Hello from one side', one)
    await speak('Hello from the other', two)
    await openFrom(page, slug, one)
    await expect(row(page, two)).toBeVisible()
    await page.getByRole('link', { name: 'Open contact' }).click()
    await expect(page.getByRole('heading', { level: 1, name: one })).toBeVisible()
    await page.getByRole('button', { name: 'Merge…' }).click()
    await page.getByLabel('Who is the same person?').fill(two)
    await page.getByRole('radiogroup').getByText(two).first().click()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(page.getByText('Hello from the other')).toBeVisible()
    await page.getByRole('button', { name: 'Separate' }).click()
    await expect(page.getByText('Hello from the other')).toHaveCount(0)
    await expect(page.getByText('Hello from one side')).toBeVisible()
  })
})

test('on a phone the list, the conversation and the details are steps with a way back', async ({ page, isMobile }) => {
  test.skip(!isMobile, 'wide screens show them side by side')
  const name = `Pia ${stamp()}`
  const slug = await signIn(page)
  await speak('Where is my parcel?', name)
  await openFrom(page, slug, name)
  await expect(row(page, name)).toBeHidden()
  await expect(page.getByText('Where is my parcel?').last()).toBeVisible()
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByRole('link', { name: 'Open contact' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the conversation' }).click()
  await expect(field(page)).toBeVisible()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await expect(row(page, name)).toBeVisible()
})
