import { expect, type Page } from '@playwright/test'
import { findings } from './axe'
import { dayOf, joinAs, openNewPost, signIn, speak, unsay } from './demo'
import { test } from './test'

const stamp = () => Date.now().toString(36)

/** How often something with these words came to be at the network. */
async function timesAtNetwork(text: string): Promise<number> {
  const effects = await (await fetch(`${process.env.SANDBOX_URL}/effects?network=facebook`)).json()
  return effects.filter((effect: { text: string }) => effect.text === text).length
}

const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: new RegExp(name) })

/** What opens and closes the fold under the conversation with somebody. In business hours a promise may follow. */
const foldOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`others? here says? nearly the same as ${name}\\b`) })

const field = (page: Page) => page.getByRole('textbox', { name: 'Your answer' })

/** Waits until somebody's words came in, and opens them. */
async function openFrom(page: Page, slug: string, name: string): Promise<void> {
  await page.goto(`/${slug}/inbox?view=all`)
  await row(page, name).click()
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
}

// The demo’s other page: what is said to the first one stands under no post, each in a conversation of its own.
const commented = 'northwindroastery'
async function publishForComments(page: Page, slug: string, text: string): Promise<void> {
  const post = await openNewPost(page, slug, text, [`facebook @${commented}`])
  const headers = { 'x-workspace': slug }
  const published = await page.request.post(`/api/posts/${post}/publish`, { headers })
  expect(published.status(), await published.text()).toBe(202)
  // It may be out before its page listens.
  const status = async () => (await (await page.request.get(`/api/posts/${post}`, { headers })).json()).post.status
  await expect.poll(status, { timeout: 60_000 }).toBe('published')
  await page.reload()
  await expect(page.getByText('Published', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
}
const aloneTo = (page: Page, name: string) => page.getByRole('textbox', { name: `Your answer, for ${name} alone` })

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
    const main = page.getByRole('navigation', { name: 'Main' })
    await expect(main.getByRole('link', { name: /^Inbox.* to do$/ })).toBeVisible()
    await row(page, name).click()
    await expect(page.getByRole('list', { name: 'Messages' }).getByText('two weeks late')).toBeVisible()
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('r')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type(text)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('Your answer goes out in a moment')).toBeVisible()
    await expect(field(page)).toHaveValue('')
    await expect(page.getByRole('region', { name: 'What was said' })).toBeFocused()
    const sent = page.locator('[data-own=true]', { hasText: text })
    await expect(sent.getByText(/^Sent once/)).toBeVisible({ timeout: 60_000 })
    expect(await timesAtNetwork(text)).toBe(1)
    const href = await sent.getByRole('link', { name: 'Open at the network' }).getAttribute('href')
    await page.goto(href ?? '')
    await expect(page.getByText(text)).toHaveCount(1)
  })

  test('a comment is hidden at its network after a question, and shown again', async ({ page }) => {
    const name = `Zora ${stamp()}`
    const slug = await signIn(page)
    await publishForComments(page, slug, `Grinders for ${name}`)
    await speak('Rubbish, buy followers instead', name, { account: commented })
    await openFrom(page, slug, name)
    const more = page.getByRole('button', { name: 'More about this message' })
    await more.click()
    await page.getByRole('menuitem', { name: /Hide at the network/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Hide' }).click()
    await expect(page.getByText('hidden on Facebook')).toBeVisible()
    expect(await findings(page, { within: 'section[aria-label^="Conversation with"]' })).toEqual([])
    await more.click()
    await page.getByRole('menuitem', { name: 'Show again at the network' }).click()
    await expect(page.getByText('hidden on Facebook')).toHaveCount(0)
  })

  test('a comment is answered to its author alone, once, and what they say then comes as a chat', async ({ page }) => {
    const name = `Paul ${stamp()}`
    const text = `Between us, ${name}: which order is it?`
    const slug = await signIn(page)
    await publishForComments(page, slug, `Beans for ${name}`)
    await speak('You charged me twice', name, { account: commented })
    await openFrom(page, slug, name)
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('Shift+R')
    const alone = aloneTo(page, name)
    await expect(alone).toBeFocused()
    await expect(page.getByText(/lets you write once to whoever commented/)).toBeVisible()
    expect(await findings(page, { within: 'section[aria-label^="Conversation with"]' })).toEqual([])
    await page.keyboard.type(text)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(alone).toHaveValue(text)
    await page.getByRole('button', { name: 'Send privately' }).click()
    await expect(page.getByText(/has its private answer already/)).toBeVisible()
    const sent = page.locator('[data-own=true]', { hasText: text })
    await expect(sent.getByText(/^Sent once/)).toBeVisible({ timeout: 60_000 })
    await expect(sent.getByText('Privately')).toBeVisible()
    expect(await timesAtNetwork(text)).toBe(1)
    await page.getByRole('radio', { name: 'Publicly' }).click()
    await expect(field(page)).toBeVisible()
    await speak('It is 4711', name, { account: commented, kind: 'dm' })
    await expect(row(page, name)).toHaveCount(2)
    await row(page, name).filter({ hasText: 'It is 4711' }).click()
    await expect(page.locator('[data-own=true]', { hasText: text })).toBeVisible()
    // In a chat everything is private: there is no such key.
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog').getByText(/^Reply, also to/)).toBeVisible()
    await expect(page.getByRole('dialog').getByText('Reply privately to a comment')).toHaveCount(0)
  })

  test('a private answer stays one, to the same person, and goes to nobody when their comment is taken back', async ({
    page,
  }) => {
    const mark = stamp()
    const [name, other, elsewhere] = [`Paula ${mark}`, `Max ${mark}`, `Ida ${mark}`]
    const text = `Only you should read this, ${name}`
    const slug = await signIn(page)
    await publishForComments(page, slug, `Cups for ${name}`)
    const comment = await speak('My card was charged twice', name, { account: commented })
    await speak('Which grind do you mean?', elsewhere)
    await openFrom(page, slug, name)
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('n')
    await page.keyboard.type(`She called, too, ${mark}`)
    await page.keyboard.press('Control+Enter')
    const lines = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
    const note = lines.filter({ hasText: `She called, too, ${mark}` })
    await expect(note).toBeVisible()
    await expect(page.getByRole('radio', { name: 'Answer', exact: true })).toBeChecked()
    await page.keyboard.press('Shift+R')
    const alone = aloneTo(page, name)
    await expect(alone).toBeFocused()
    await page.keyboard.type(text)
    const goAndComeBack = async (meanwhile: () => Promise<void>) => {
      await row(page, elsewhere).click()
      await meanwhile()
      await row(page, name).click()
    }
    const isStillForThem = async () => {
      await expect(alone).toHaveValue(text)
      await expect(page.getByText(`To ${name}: “My card was charged twice”`)).toBeVisible()
      await expect(page.getByRole('radio', { name: 'Privately' })).toBeChecked()
    }
    await goAndComeBack(() => expect(field(page)).toHaveValue(''))
    await isStillForThem()
    await page.reload()
    await isStillForThem()
    await alone.press('Control+Enter')
    await goAndComeBack(() => page.getByRole('button', { name: 'Undo' }).click())
    await isStillForThem()
    await speak('Mine, too', other, { account: commented, on: comment })
    const theirs = lines.filter({ hasText: 'Mine, too' })
    await expect(theirs).toBeVisible()
    await note.focus()
    await page.keyboard.press('Shift+R')
    await expect(alone).toBeFocused()
    await expect(alone).toHaveValue(text)
    await unsay(comment)
    await expect(page.getByText(/^The comment that you answer privately is gone/).first()).toBeVisible()
    await expect(alone).toBeFocused()
    await alone.press('Control+Enter')
    await expect(alone).toHaveValue(text)
    await expect(page.getByRole('button', { name: 'Send privately' })).toHaveAttribute('aria-disabled', 'true')
    expect(await findings(page, { within: 'section[aria-label^="Conversation with"]' })).toEqual([])
    await theirs.hover()
    await theirs.getByRole('button', { name: 'Answer this message' }).click()
    await expect(aloneTo(page, other)).toHaveValue(text)
    await page.getByRole('button', { name: 'Answer the last message publicly instead' }).click()
    await expect(field(page)).toHaveValue(text)
    await expect(page.locator('[data-own=true], [data-reply]')).toHaveCount(0)
    expect(await timesAtNetwork(text)).toBe(0)
  })

  test('words typed right after Reply are words, also while the conversation is on its way', async ({ page }) => {
    const name = `Lena ${stamp()}`
    const slug = await signIn(page)
    await speak('Can I come tomorrow?', name)
    await page.goto(`/${slug}/inbox?view=all`)
    await expect(row(page, name)).toBeVisible()
    const [conversation, messages] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await page.route('**/inbox/read/conversation?*', async (route) => {
      await conversation.promise
      await route.continue()
    })
    await page.route('**/inbox/read/messages?*', async (route) => {
      await messages.promise
      await route.continue()
    })
    await row(page, name).click()
    const early = page.getByRole('textbox', { name: 'Words for an answer' })
    await expect(early).toBeVisible()
    await page.keyboard.press('r')
    await page.keyboard.type('Yes, ')
    await expect(early).toHaveValue('Yes, ')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('The conversation is still being read.').filter({ visible: true })).toBeVisible()
    await expect(early).toHaveValue('Yes, ')
    conversation.resolve()
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
    await page.keyboard.type('please ')
    await expect(early).toHaveValue('Yes, please ')
    messages.resolve()
    await expect(field(page)).toBeFocused()
    await page.keyboard.type('come')
    await expect(field(page)).toHaveValue('Yes, please come')
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
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
    await expect(page.getByText(/You are offline, so this was not done/)).toBeVisible()
    await context.setOffline(false)
    await expect(page.getByText(/You are offline, so this was not done/)).toBeHidden()
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

  test('two people race: one answer is at the network, and who came second is told why theirs is not', async ({
    page,
    browser,
  }) => {
    const mark = stamp()
    const name = `Finn ${mark}`
    const slug = await signIn(page)
    const second = await joinAs(page, browser, slug, `Otto ${mark}`, 'Manager')
    await speak('Where is my refund?', name)
    const nora = { at: page, text: `It is on its way, ${mark}` }
    const otto = { at: second, text: `We sent it yesterday, ${mark}` }
    for (const { at } of [nora, otto]) await openFrom(at, slug, name)
    const pressed = await Promise.all(
      [nora, otto].map(async ({ at, text }) => {
        await field(at).fill(text)
        return at.evaluate(() => {
          // Who is told before they press has another button, and does not press.
          const button = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Send answer')
          button?.click()
          return button !== undefined
        })
      }),
    )
    expect(pressed).toContain(true)
    const isQueued = ({ at }: typeof nora) => at.getByText('Your answer goes out in a moment').isVisible()
    await expect.poll(async () => (await Promise.all([nora, otto].map(isQueued))).filter(Boolean).length).toBe(1)
    const [winner, loser] = (await isQueued(nora)) ? [nora, otto] : [otto, nora]
    const told = /is answering this right now|else is answering this|has taken this conversation/
    await expect(loser.at.getByText(told).first()).toBeVisible()
    await expect(field(loser.at)).toHaveValue(loser.text)
    const sent = winner.at.locator('[data-own=true]', { hasText: winner.text })
    await expect(sent.getByText(/^Sent once/)).toBeVisible({ timeout: 60_000 })
    expect([await timesAtNetwork(winner.text), await timesAtNetwork(loser.text)]).toEqual([1, 0])
    await page.goto((await sent.getByRole('link', { name: 'Open at the network' }).getAttribute('href')) ?? '')
    await expect(page.getByText(winner.text)).toHaveCount(1)
    await expect(page.getByText(loser.text)).toHaveCount(0)
    await second.context().close()
  })

  test('one key sends an answer, ends its conversation and opens the next, where keys are commands', async ({
    page,
  }) => {
    const mark = stamp()
    const [name, other] = [`Tess ${mark}`, `Ugo ${mark}`]
    const slug = await signIn(page)
    await speak('When do you open on Sunday?', name)
    await speak('Is the blue mug back in stock?', other)
    await page.goto(`/${slug}/inbox?search=${encodeURIComponent(mark)}`)
    await row(page, name).click()
    await expect(field(page)).toBeVisible()
    await page.keyboard.press('r')
    await page.keyboard.type(`At ten, ${mark}`)
    await page.keyboard.press('Control+Shift+Enter')
    await expect(page.getByText('Your answer goes out in a moment')).toBeVisible()
    await expect(row(page, name)).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 2, name: other })).toBeVisible()
    await page.keyboard.press('e')
    await expect(row(page, other)).toHaveCount(0)
    await page.goto(`/${slug}/inbox?view=done&search=${encodeURIComponent(mark)}`)
    await row(page, name).click()
    await expect(page.locator('[data-own=true]', { hasText: mark }).getByText(/^Sent once/)).toBeVisible({
      timeout: 60_000,
    })
    expect(await timesAtNetwork(`At ten, ${mark}`)).toBe(1)
  })

  test('what is done or waits leaves the list, and comes back by undo and in its view', async ({ page }) => {
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
    await row(page, name).click()
    await page
      .getByRole('region', { name: `Conversation with ${name}` })
      .getByRole('button', { name: 'Waiting' })
      .click()
    await expect(row(page, name)).toHaveCount(0)
    await page.keyboard.press('6')
    await expect(row(page, name).getByText('Waiting')).toBeVisible()
    await row(page, name).click()
    await page.getByRole('region', { name: 'What was said' }).focus()
    await page.keyboard.press('w')
    await page.keyboard.press('1')
    await expect(row(page, name).getByText('To do')).toBeVisible()
  })

  test('a view of words is made, counted, renamed and removed, and its address is enough to share it', async ({
    page,
  }) => {
    const mark = stamp()
    const [name, other] = [`Vera ${mark}`, `Otto ${mark}`]
    const slug = await signIn(page)
    await speak(`My voucher${mark} does not work`, name)
    await speak('Something else', other)
    await openFrom(page, slug, other)
    const views = page.getByRole('navigation', { name: 'Views' })
    await views.getByRole('button', { name: 'New view of words' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Words', { exact: true }).fill(`voucher${mark}`)
    await dialog.getByLabel('Name', { exact: true }).fill(`Vouchers ${mark}`)
    await dialog.getByRole('button', { name: 'Make view' }).click()
    await expect(views.getByRole('button', { name: new RegExp(`^Vouchers ${mark}\\s*1$`) })).toBeVisible()
    await expect(row(page, name)).toBeVisible()
    await expect(row(page, other)).toHaveCount(0)
    expect(new URL(page.url()).searchParams.get('words')).toBe(`voucher${mark}`)
    await speak(`Another voucher${mark}, please`, `Ines ${mark}`)
    await expect(row(page, `Ines ${mark}`)).toBeVisible()
    await views.getByRole('button', { name: `Change the view Vouchers ${mark}` }).click()
    await page.getByRole('menuitem', { name: 'Change or rename…' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill(`Codes ${mark}`)
    await dialog.getByRole('button', { name: 'Save view' }).click()
    await expect(views.getByRole('button', { name: new RegExp(`^Codes ${mark}`) })).toBeVisible()
    await views.getByRole('button', { name: `Change the view Codes ${mark}` }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect(views.getByRole('button', { name: new RegExp(`Codes ${mark}`) })).toHaveCount(0)
    await page.goto(`/${slug}/inbox?view=all&words=voucher${mark}`)
    await expect(row(page, name)).toBeVisible()
    await expect(views.getByRole('button', { name: 'Keep this view' })).toBeVisible()
  })

  test('several are selected by keys and changed at once, and those left out are named with the reason', async ({
    page,
  }) => {
    const mark = stamp()
    const [one, two] = [`Ute ${mark}`, `Uli ${mark}`]
    const slug = await signIn(page)
    await page.goto(`/${slug}/settings/inbox/replies`)
    await page.getByRole('button', { name: 'New saved reply' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill(`Thanks ${mark}`)
    await dialog.getByLabel('Words', { exact: true }).fill(`Thank you ${mark}`)
    await dialog.getByRole('button', { name: 'Create saved reply' }).click()
    await expect(dialog).toBeHidden()
    await page.getByRole('button', { name: 'New macro' }).first().click()
    await dialog.getByLabel('Name', { exact: true }).fill(`Thank ${mark}`)
    await dialog.getByLabel('Do', { exact: true }).click()
    await page.getByRole('option', { name: 'Answer with a saved reply' }).click()
    await dialog.getByLabel('Saved reply', { exact: true }).click()
    await page.getByRole('option', { name: `Thanks ${mark}` }).click()
    await dialog.getByRole('button', { name: 'Create macro' }).click()
    await expect(dialog).toBeHidden()
    // Words that have little in common, or they would be folded into one row.
    await speak(`The beans came fresh and in time, thank you all ${mark}`, one)
    await speak(`When do you restock those small blue cups? ${mark}`, two)
    await page.goto(`/${slug}/inbox?view=all&search=${mark}`)
    await expect(row(page, two)).toBeVisible()
    await expect(row(page, one)).toBeVisible()
    const bar = page.getByRole('region', { name: 'Selected conversations' })
    const macro = async () => {
      await page.keyboard.press('m')
      await page.getByRole('menuitem', { name: `Thank ${mark}` }).click()
    }
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(bar.getByText('1 selected')).toBeVisible()
    await macro()
    await expect(page.getByText(`Thank ${mark}`, { exact: true })).toBeVisible()
    await page.keyboard.press('Shift+A')
    await expect(bar.getByText('2 selected')).toBeVisible()
    await macro()
    await expect(dialog.getByText('1 of 2 left out')).toBeVisible()
    await expect(dialog.getByRole('list', { name: 'Left out' }).getByRole('listitem')).toHaveCount(1)
    await dialog.getByRole('button', { name: 'Close' }).first().click()
    await page.keyboard.press('Shift+A')
    await page.keyboard.press('Shift+E')
    await page.getByRole('menuitem', { name: 'Answered', exact: true }).click()
    await expect(row(page, one).getByText('Done: Answered')).toBeVisible()
    await expect(row(page, two).getByText('Done: Answered')).toBeVisible()
  })

  test('keys of links stay theirs, the focus goes along, and what is not seen is not changed', async ({ page }) => {
    const mark = stamp()
    const [one, two] = [`Zoe ${mark}`, `Zed ${mark}`]
    const slug = await signIn(page)
    await speak(`${'A'.repeat(300)} is what the label says ${mark}`, one)
    await speak(`مرحبا، لم يصل طلبي بعد ${mark}`, two)
    await page.goto(`/${slug}/inbox?view=all&search=${mark}`)
    await expect(row(page, one)).toBeVisible()
    await expect(row(page, two)).toBeVisible()
    // The list may be in either order: both may have come within a second.
    await page.keyboard.press('j')
    await expect(page.locator('[data-conversation][aria-current]')).toHaveCount(1)
    await page.keyboard.press('j')
    const open = page.locator('[data-conversation][aria-current]')
    await expect(open).toBeFocused()
    await page.keyboard.press('k')
    await expect(open).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-thread]')).toBeFocused()
    const other = page.locator('[data-conversation]:not([aria-current])')
    await other.focus()
    await page.keyboard.press('Enter')
    await expect(open).toBeFocused()

    // Long words stay within their bubble, and what is written from the right begins there.
    await row(page, one).click()
    const said = page.locator('[data-thread]')
    await expect(said.getByText('is what the label says')).toBeVisible()
    expect(await said.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0)
    await row(page, two).click()
    const arabic = said.getByText('مرحبا')
    await expect(arabic).toBeVisible()
    expect(await arabic.evaluate((words) => getComputedStyle(words).direction)).toBe('rtl')

    // The saved replies, opened from the field, give it the focus back: letters would be commands elsewhere.
    await page.keyboard.press('r')
    await page.keyboard.press('/')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
    await page.keyboard.type('/e')
    await expect(page.getByRole('textbox', { name: 'Your answer' })).toHaveValue('/e')
    await page.keyboard.press('Escape')
    await expect(said).toBeFocused()

    // Escape leaves a field for the thread, and the search for the list.
    await page.keyboard.press('r')
    await page.keyboard.type('half a word')
    await page.keyboard.press('Escape')
    await expect(said).toBeFocused()
    await page.getByRole('searchbox', { name: 'Search the inbox' }).focus()
    await page.keyboard.press('Escape')
    await expect(open).toBeFocused()

    // A dialog gives the focus back, also where a menu led to it.
    await page.keyboard.press('s')
    await page.getByRole('menuitem', { name: 'Another time…' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Snooze', exact: true })).toBeFocused()
    await expect(page.getByRole('dialog')).toBeHidden()

    await page.keyboard.press('x')
    const bar = page.getByRole('region', { name: 'Selected conversations' })
    await expect(bar.getByText('1 selected')).toBeVisible()
    await page.getByRole('button', { name: 'Snoozed' }).first().click()
    await expect(bar).toBeHidden()

    await page.getByRole('link', { name: 'Contacts' }).first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible()
  })

  test('after an answer the next key goes on from where one was, though what was answered has left the list', async ({
    page,
  }) => {
    const mark = stamp()
    const slug = await signIn(page)
    // Words that have little in common, or they would be folded into one row.
    const said = [
      'Do you sell green tea?',
      'The grinder hums at night',
      'My invoice lacks a date',
      'Which milk is best?',
    ]
    for (const [n, words] of said.entries()) await speak(`${words} ${mark}`, `Nia ${n} ${mark}`)
    await page.goto(`/${slug}/inbox?view=todo&search=${mark}`)
    const rows = page.locator('[data-conversation]')
    await expect(rows).toHaveCount(said.length)
    const ids = await rows.evaluateAll((all) => all.map((each) => each.getAttribute('data-conversation')))
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('r')
    await page.keyboard.type(`We look into it ${mark}`)
    // While the conversation is on its way its words are kept, and cannot be sent yet.
    await expect(page.getByRole('button', { name: 'Send answer' })).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(rows).toHaveCount(said.length - 1, { timeout: 60_000 })
    await page.keyboard.press('j')
    const open = page.locator('[data-conversation][aria-current]')
    await expect(open).toHaveAttribute('data-conversation', ids[2] ?? '')
  })

  test('a fold opens and closes by keys, is selected whole, and can be turned off in the address', async ({ page }) => {
    const mark = stamp()
    const [gus, ida] = [`Gus ${mark}`, `Ida ${mark}`]
    const slug = await signIn(page)
    await speak(`The blue kettle leaks at its handle ${mark}, what now?`, gus)
    await page.goto(`/${slug}/inbox?view=all&search=${mark}`)
    // The network tells seconds: of two that come within one, either may be taken in last.
    await expect(row(page, gus)).toBeVisible()
    await speak(`The blue kettle leaks at its handle ${mark}. What now??`, ida)
    await page.goto(`/${slug}/inbox?view=all&search=${mark}`)
    await expect(foldOf(page, ida)).toBeVisible()
    await page.keyboard.press('j')
    await expect(page.getByRole('heading', { level: 2, name: ida })).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('j')
    await expect(page.getByRole('heading', { level: 2, name: gus })).toBeVisible()
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByRole('heading', { level: 2, name: ida })).toBeVisible()
    await expect(row(page, gus)).toHaveCount(0)
    await page.keyboard.press('x')
    const bar = page.getByRole('region', { name: 'Selected conversations' })
    await expect(bar.getByText('2 selected, 1 of them folded')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Filter and order' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Fold copies', exact: true }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(row(page, gus)).toBeVisible()
    expect(new URL(page.url()).searchParams.get('folded')).toBe('false')
    await page.reload()
    await expect(row(page, gus)).toBeVisible()
  })

  test('who is given a conversation is told of it at once, and is led to it', async ({ page, browser }) => {
    const mark = stamp()
    const name = `Nils ${mark}`
    const slug = await signIn(page)
    const colleague = `Berta ${mark}`
    const second = await joinAs(page, browser, slug, colleague, 'Manager')
    await speak('Who looks after this?', name)
    await openFrom(page, slug, name)
    await expect(second.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Assign', exact: true }).click()
    await page.getByRole('menuitem', { name: 'With a note…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Assign' }).click()
    await expect(dialog.getByText('Choose a person or a team.')).toBeVisible()
    await dialog.getByLabel('To', { exact: true }).click()
    await page.getByRole('option', { name: colleague }).click()
    await dialog.getByLabel('Note', { exact: true }).fill(`He called twice, ${mark}`)
    await dialog.getByRole('button', { name: 'Assign' }).click()
    const bell = second.getByRole('button', { name: 'Notifications, 1 unread' })
    await expect(bell).toBeVisible()
    await bell.click()
    await second.getByRole('menuitem', { name: new RegExp(`${name} is yours now`) }).click()
    await expect(second.getByRole('heading', { level: 2, name })).toBeVisible()
    await expect(second.getByText(`He called twice, ${mark}`)).toBeVisible()
    await expect(second.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible()
    await second.context().close()
  })

  test('an import as large as it may be arrives whole, and a larger one is refused in words', async ({ page }) => {
    const mark = stamp()
    const slug = await signIn(page)
    const headers = { 'x-workspace': slug }
    const { data: accounts } = await (await page.request.get('/api/accounts', { headers })).json()
    const accountId = accounts.find(({ platform }: { platform: string }) => platform === 'facebook').id
    // A column that is not known is left out, however wide it is.
    const csv = (MB: number) =>
      `id,kind,text,at,authorId,authorName,notes\nbig-${mark}-${MB},dm,From long ago,2026-01-01T09:00:00Z,u-${mark},Uma ${mark},${'x'.repeat(MB * 1_000_000)}`
    const bring = (MB: number) => page.request.post('/api/inbox/import', { headers, data: { accountId, csv: csv(MB) } })
    const whole = await bring(15)
    expect([whole.status(), await whole.json()]).toEqual([201, { fresh: 1, changed: 0 }])
    const larger = await bring(22)
    expect([larger.status(), (await larger.json()).error.message]).toEqual([
      400,
      expect.stringContaining('larger than 20 MB'),
    ])
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
    await page.getByLabel('Date and time').fill(`${dayOf(1)}T12:00`)
    const open = new URL(page.url()).searchParams.get('open')
    await page.getByRole('button', { name: 'Snooze', exact: true }).last().click()
    await expect(row(page, name)).toHaveCount(0)
    // It is gone at once, and only then asked for: what a program asks for meanwhile would come before it.
    const news = page.getByRole('listitem').filter({ hasText: 'Snoozed until' })
    await expect(news.getByRole('button', { name: 'Undo' })).toBeVisible()
    // A screen offers whole minutes; a program may name the second.
    const sooner = await page.request.put(`/api/inbox/conversations/${open}/state`, {
      headers: { 'x-workspace': slug },
      data: { state: 'snoozed', until: new Date(Date.now() + 4_000).toISOString() },
    })
    expect(sooner.status()).toBe(200)
    await expect(row(page, name)).toBeVisible()
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

test('a wave of complaints is one row, opens, and is answered at once, each in words of their own, and no second time', async ({
  page,
  isMobile,
}) => {
  const mark = stamp()
  // An earlier try may have left some that say the same and are answered, too: a first name tells them apart.
  const firsts = ['Ada', 'Ben', 'Cleo'].map((name) => `${name}${mark}`)
  const names = firsts.map((first) => `${first} ${mark}`)
  const [ada = '', ben = '', cleo = ''] = names
  const slug = await signIn(page)
  // Who looks by phone at the same time must not be answered from the desk.
  const wave = isMobile
    ? 'Nobody sent me the invoice that you promised last week for the two boxes of filters, number'
    : 'Your shop is down again since this morning and I cannot pay for my order, number'
  const complain = (n: number) => speak(`${wave} ${41_000 + n}!`, names[n] ?? '', { kind: 'dm' })
  await complain(0)
  await page.goto(`/${slug}/inbox?view=all`)
  await expect(row(page, ada)).toBeVisible()
  await complain(1)
  await expect(foldOf(page, ben)).toBeVisible()
  await expect(row(page, ada)).toHaveCount(0)
  await complain(2)
  await expect(foldOf(page, cleo)).toHaveAttribute('aria-expanded', 'false')
  await expect(row(page, ben)).toHaveCount(0)
  expect(await findings(page)).toEqual([])
  await foldOf(page, cleo).click()
  await expect(foldOf(page, cleo)).toHaveAttribute('aria-expanded', 'true')
  for (const name of names) await expect(row(page, name)).toBeVisible()
  expect(await findings(page)).toEqual([])
  await foldOf(page, cleo).click()
  await expect(row(page, ada)).toHaveCount(0)
  await openFrom(page, slug, cleo)
  const answer = `we are back, ${mark}.`
  const write = async () => {
    await page.getByRole('button', { name: /^Answer all \d+$/ }).click()
    await page.getByLabel('Your answer to all').fill(`Hello {{contact.first_name|there}}, ${answer}`)
  }
  await write()
  const theirs = (list: string | RegExp) =>
    page
      .getByRole('list', { name: list })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(names.join('|')) })
  const getting = theirs('Who gets it')
  await expect(getting).toHaveCount(3)
  await expect(getting.filter({ hasText: `Hello ${firsts[2]}, ${answer}` })).toHaveCount(1)
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: /^Send \d+ answers$/ }).click()
  await expect(theirs(/^(Goes out in a moment|On its way)$/)).toHaveCount(3)
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: 'Close' }).first().click()
  for (const first of firsts)
    await expect.poll(() => timesAtNetwork(`Hello ${first}, ${answer}`), { timeout: 60_000 }).toBe(1)
  await write()
  await expect(theirs('Who does not get it').filter({ hasText: 'It has this very answer already' })).toHaveCount(3)
  await expect(page.getByRole('button', { name: 'Send 0 answers' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: /^Done, all \d+ alike$/ }).click()
  await page.getByRole('menuitem', { name: 'Answered', exact: true }).click()
  await expect(page.getByText(/^\d+ conversations: done: answered$/i)).toBeVisible()
  await page.goto(`/${slug}/inbox?view=done&search=${mark}`)
  for (const name of names) await expect(row(page, name).getByText('Done: Answered')).toBeVisible()
})

test('an answer stays with whom it was begun for, whoever else speaks meanwhile, and nobody answers a like', async ({
  page,
}) => {
  const mark = stamp()
  const [anna, ben] = [`Anna ${mark}`, `Ben ${mark}`]
  const [asked, text] = [`When is the blue mug back, ${mark}?`, `On Monday, ${mark}.`]
  const slug = await signIn(page)
  await publishForComments(page, slug, `Mugs for ${anna}`)
  await speak(asked, anna, { account: commented })
  await openFrom(page, slug, anna)
  const lines = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
  const isFor = async (name: string, words: string) => {
    await expect(page.getByText(`To ${name}: “${words}”`)).toBeVisible()
    await expect(field(page)).toHaveAttribute('placeholder', `Answer ${name}…`)
  }
  await speak('', `Lia ${mark}`, { account: commented, kind: 'like' })
  const like = lines.filter({ hasText: `Lia ${mark}` })
  await expect(like).toBeVisible()
  await expect(like.getByRole('button')).toHaveCount(0)
  await expect(field(page)).toHaveAttribute('placeholder', `Answer ${anna}…`)
  await field(page).press('O')
  await speak('And the red one?', ben, { account: commented })
  await expect(lines.filter({ hasText: 'And the red one?' })).toBeVisible()
  await isFor(anna, asked)
  await field(page).fill(text)
  await page.reload()
  await expect(field(page)).toHaveValue(text)
  await isFor(anna, asked)
  expect(await findings(page, { within: 'section[aria-label^="Conversation with"]' })).toEqual([])
  const send = page.getByRole('button', { name: 'Send answer' })
  await send.click()
  await isFor(ben, 'And the red one?')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(field(page)).toHaveValue(text)
  await isFor(anna, asked)
  await send.click()
  await isFor(ben, 'And the red one?')
  const sent = page.locator('[data-own=true]', { hasText: text })
  await expect(sent.getByText(/^Sent once/)).toBeVisible({ timeout: 60_000 })
  await expect(sent.getByText(asked)).toBeVisible()
  expect(await timesAtNetwork(text)).toBe(1)
})

test('why a conversation weighs what it weighs tells its words, and which personal data they name', async ({
  page,
  isMobile,
}) => {
  const name = `Vito ${stamp()}`
  const slug = await signIn(page)
  await speak('Terrible service. Call me on +41 44 668 18 00!', name)
  await openFrom(page, slug, name)
  const why = page.getByText(/of 100 · why\?/).first()
  if (isMobile) await page.getByRole('button', { name: 'Details' }).click()
  await why.click()
  await expect(page.getByRole('list', { name: 'Words with a feeling' }).getByText('Terrible')).toBeVisible()
  await expect(page.getByText('English', { exact: true })).toBeVisible()
  await expect(page.getByText('Personal data in it: a phone number.')).toBeVisible()
  expect(await findings(page)).toEqual([])
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

test('on a phone an answer is sent beside a draft that has given way, and what is answered stays in sight', async ({
  page,
  isMobile,
}) => {
  test.skip(!isMobile, 'wide screens have room for all of it')
  const id = stamp()
  const [name, ask] = [`Ruth ${id}`, `Where can I buy the beans of farm ${id}, and are they roasted on Mondays?`]
  const slug = await signIn(page)
  await speak(ask, name)
  await openFrom(page, slug, name)
  await speak(ask, `Toni ${id}`)
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('button', { name: /^Answer all \d+$/ })).toBeVisible({ timeout: 5_000 })
  }).toPass()
  await page.getByRole('button', { name: 'Draft an answer' }).click()
  await page.getByLabel('Drafted answer').fill(`What was made of the draft ${id}`)
  await field(page).fill(`By hand ${id}`)
  await page.getByRole('button', { name: 'Send answer' }).click()
  await expect(page.getByText('They have been answered since.')).toBeVisible()

  const words = `One more thing ${id}`
  await field(page).fill(words)
  const said = page.getByRole('region', { name: 'What was said' })
  expect((await said.boundingBox())?.height).toBeGreaterThanOrEqual(120)
  const send = page.getByRole('button', { name: 'Send answer' })
  const [button, bar] = [await send.boundingBox(), await page.getByRole('navigation', { name: 'Main' }).boundingBox()]
  expect(button && bar && button.y + button.height <= bar.y).toBe(true)
  await send.click()
  await expect.poll(() => timesAtNetwork(words), { timeout: 60_000 }).toBe(1)
})

test('long links and names break where their place ends, and each script runs its own way', async ({ page }) => {
  const slug = await signIn(page)
  const said = page.getByRole('region', { name: 'What was said' })
  const long = `${'Wolfeschlegelsteinhausen'.repeat(4)}${stamp()}`
  await speak(`Look: https://example.com/${'x'.repeat(300)}`, long)
  await openFrom(page, slug, long)
  await expect(said.getByText('https://example.com/')).toBeVisible()
  expect(await said.evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBe(0)

  const words = 'مرحبا، لم يصل طلبي بعد. متى يصل؟'
  const name = `Mohammed ${stamp()}`
  await speak(words, name)
  await page.goto(`/${slug}/inbox?view=all`)
  const excerpt = row(page, name).getByText(words)
  await expect(excerpt).toHaveCSS('direction', 'rtl')
  await row(page, name).click()
  await expect(said.getByText(words)).toHaveCSS('direction', 'rtl')
  await expect(said.getByText(name)).toHaveCSS('direction', 'ltr')
  await field(page).fill('غدا')
  await expect(field(page)).toHaveCSS('direction', 'rtl')
  await field(page).fill('')
})
