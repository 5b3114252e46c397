import { expect, type APIResponse, type Page } from '@playwright/test'
import { decideConsent } from '../sandbox/person'
import { findings } from './axe'
import { signIn } from './demo'
import { test } from './test'

async function openOffers(page: Page, slug: string): Promise<void> {
  await page.goto(`/${slug}/accounts`)
  await page.getByRole('button', { name: 'Connect account' }).click()
  await expect(page.getByRole('dialog', { name: 'Connect an account' })).toBeVisible()
}

async function toConsentOfX(page: Page, slug: string): Promise<void> {
  await openOffers(page, slug)
  await page.getByRole('button', { name: 'Connect X account' }).click()
  await expect(page.getByRole('heading', { name: /wants to use your X account/ })).toBeVisible()
}

/** Holds back what this page asks to be done until it is let go. */
async function held(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>()
  await page.route('**/accounts', async (route) => {
    if (route.request().method() === 'POST') await gate.promise
    await route.continue()
  })
  return gate.resolve
}

const account = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Accounts' }).getByRole('listitem', { name, exact: true })

test('an X account is connected on the network’s consent page, and a code works once', async ({ page }) => {
  const slug = await signIn(page)
  await toConsentOfX(page, slug)
  await page.getByRole('radio', { name: /northwind_help/ }).check()
  const callback = page.waitForRequest(/\/api\/oauth\/callback\/x/)
  await page.getByRole('button', { name: 'Allow' }).click()
  const url = (await callback).url()
  await expect(page).toHaveURL(new RegExp(`/${slug}/accounts$`))
  await expect(page.getByText('@northwind_help connected')).toBeVisible()
  await expect(account(page, 'X @northwind_help').getByText('Healthy')).toBeVisible()

  await page.goto(url)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('was used already')
  await expect(page).toHaveURL(new RegExp(`/${slug}/accounts$`))
})

test('where X sends people back to is also called twitter, a state is of one network alone, and each answer has an id', async ({
  page,
  browser,
}) => {
  const slug = await signIn(page)
  await toConsentOfX(page, slug)
  const { state, code = '' } = await decideConsent(page.url(), 'nora_winter')
  const comeBack = (network: string, by = page.request, headers: Record<string, string> = {}) =>
    by.get(`/api/oauth/callback/${network}`, { params: { state, code }, headers, maxRedirects: 0 })
  // What is said on the accounts page, once.
  const noticeOf = (answer: APIResponse) => decodeURIComponent(answer.headers()['set-cookie'] ?? '')

  for (const network of ['linkedin', 'nowhere']) {
    const refused = await comeBack(network, page.request, { 'x-request-id': `edge-${network}` })
    expect([refused.status(), refused.headers()['x-request-id']]).toEqual([303, `edge-${network}`])
    expect(noticeOf(refused)).toContain('was not begun in this browser session')
  }
  const stranger = await browser.newContext()
  const signedOut = await comeBack('twitter', stranger.request)
  expect([signedOut.status(), new URL(signedOut.headers().location ?? '').pathname]).toEqual([303, '/'])
  expect(noticeOf(signedOut)).not.toContain('posthorn.connection')
  expect(signedOut.headers()['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  await stranger.close()

  // None of them has used it up.
  await page.goto(`/api/oauth/callback/twitter?${new URLSearchParams({ state, code })}`)
  await expect(page).toHaveURL(new RegExp(`/${slug}/accounts$`))
  await expect(page.getByText('@nora_winter connected')).toBeVisible()
  await expect(account(page, 'X @nora_winter').getByText('Healthy')).toBeVisible()
})

test('who cancels at the network is told that nothing changed', async ({ page }) => {
  const slug = await signIn(page)
  await toConsentOfX(page, slug)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Nothing was changed')
})

test('a broken state, and words smuggled into the address, say nothing of their own', async ({ page }) => {
  const slug = await signIn(page)
  // Where a broken state is told of is the workspace that this browser showed last.
  const remembered = async () => (await page.context().cookies()).some(({ name }) => name === 'posthorn.workspace')
  await page.goto(`/${slug}`)
  await expect.poll(remembered).toBe(true)
  await page.goto('/api/oauth/callback/x?state=nonsense&code=stolen')
  await expect(page).toHaveURL(new RegExp(`/${slug}/accounts$`))
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Start again from the accounts page')
  await page.goto(`/api/oauth/callback/x?state=${slug}.guess&code=stolen`)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('was not begun in this browser session')

  await page.context().clearCookies({ name: 'posthorn.connection' })
  await page.goto(`/${slug}/accounts?problem=INVALID_TOKEN&why=Send+your+password+to+evil.example`)
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
  await expect(page.getByText('evil.example')).toHaveCount(0)
})

test('a Bluesky account is connected by its handle and app password, and a wrong one is refused in words', async ({
  page,
}) => {
  const slug = await signIn(page)
  await openOffers(page, slug)
  await page.getByRole('button', { name: 'Connect Bluesky account' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect Bluesky account' })
  await dialog.getByLabel('Handle').fill('alice.sandbox')
  await dialog.getByLabel('App password').fill('wrong-password')
  await dialog.getByRole('button', { name: 'Connect Bluesky account' }).click()
  await expect(dialog.getByRole('alert')).toContainText('does not accept this handle and app password')
  await dialog.getByLabel('App password').fill('app-pass-alice')
  await dialog.getByRole('button', { name: 'Connect Bluesky account' }).click()
  await expect(dialog).toBeHidden()
  await expect(account(page, 'Bluesky @alice.sandbox').getByText('Healthy')).toBeVisible()
})

test('a form for an account of the sandbox is filled in, so that one press connects it', async ({ page }) => {
  const slug = await signIn(page)
  await openOffers(page, slug)
  await page.getByRole('button', { name: 'Connect Discord channel, by webhook' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect Discord channel, by webhook' })
  await expect(dialog.getByText('The sandbox plays this network')).toBeVisible()
  await dialog.getByRole('button', { name: 'Connect Discord account' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Northwind connected')).toBeVisible()
})

test('an account tells its health, keeps its weekly slots, and asks before it is disconnected', async ({ page }) => {
  const slug = await signIn(page)
  await page.goto(`/${slug}/accounts`)
  const person = account(page, 'LinkedIn Nora Winter')
  await person.getByText('Health in detail').click()
  await expect(person).toContainText('LinkedIn lets no program look')
  await expect(person).toContainText('w_member_social')
  await person.getByRole('button', { name: 'Actions for Nora Winter' }).click()
  const release = await held(page)
  await page.getByRole('menuitem', { name: 'Check now' }).click()
  await expect(person.getByText('Asking LinkedIn…').first()).toBeVisible()
  release()
  await expect(page.getByText('LinkedIn answered: Nora Winter works')).toBeVisible()
  await expect(person.getByText('Asking LinkedIn…')).toHaveCount(0)
  // The menu gave the focus back to its button, whose words nobody asked for.
  await expect(page.getByText('Actions for Nora Winter')).toHaveCount(0)

  await person.getByRole('link', { name: 'Nora Winter' }).click()
  await page.getByRole('combobox', { name: 'Day' }).click()
  await page.getByRole('option', { name: 'Wednesday' }).click()
  await page.getByLabel('Time').fill('17:45')
  await page.getByRole('button', { name: 'Add slot' }).click()
  const remove = page.getByRole('button', { name: 'Remove Wednesday 17:45' })
  await expect(remove).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add slot' })).not.toHaveAttribute('aria-busy')
  await page.reload()
  await remove.click()
  await expect(page.getByText('Wednesday 17:45 removed')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(remove).toBeVisible()

  await page.getByRole('button', { name: 'Actions for Nora Winter' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect' }).click()
  const question = page.getByRole('alertdialog', { name: 'Disconnect Nora Winter?' })
  await expect(question).toContainText(/\d+ scheduled posts? will ask you what to do/)
  await question.getByRole('button', { name: 'Cancel' }).click()
})

test('axe finds nothing serious on the pages of accounts, posts and the dashboard', async ({ page }) => {
  const slug = await signIn(page)
  const check = async (where: string) => expect.soft(await findings(page), where).toEqual([])
  await page.goto(`/${slug}`)
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible()
  await check('dashboard')
  await page.goto(`/${slug}/accounts`)
  await page.getByText('Health in detail').first().click()
  await check('accounts')
  await page.getByRole('button', { name: 'Connect account' }).click()
  await expect(page.getByRole('button', { name: 'Connect X account' })).toBeVisible()
  await check('connecting')
  await page.keyboard.press('Escape')
  await page.getByRole('list', { name: 'Accounts' }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: 'Queue slots' })).toBeVisible()
  await check('account')
  await page.goto(`/${slug}/posts`)
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await check('posts')
  // Looked for, because the first page has only the newest.
  await page.goto(`/${slug}/posts?${new URLSearchParams({ q: 'first batch of our winter roast' })}`)
  await page.getByRole('link', { name: /Good morning/ }).click()
  await expect(page.getByRole('heading', { name: 'Versions' })).toBeVisible()
  await check('post')
})
