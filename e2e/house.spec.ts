import { expect, type Page } from '@playwright/test'
import { mailedLink, signIn } from './demo'
import { test } from './test'

const password = 'a long enough password'

/** Somebody with a workspace of their own. @returns its slug */
async function signUp(page: Page, email: string, workspace: string): Promise<string> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Ida House')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Workspace name').fill(workspace)
  await page.getByRole('button', { name: /Create/ }).click()
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeAttached()
  return new URL(page.url()).pathname.split('/')[1] ?? ''
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.pathname.startsWith('/sign-in'))
}

test('who signs out is out: the pages of the workspace ask to sign in, and lead back', async ({ page }) => {
  const slug = await signIn(page)
  await page.goto(`/${slug}`)
  await signOut(page)
  await page.goto(`/${slug}/posts`)
  await expect(page).toHaveURL(/\/sign-in/)
  const enter = page.getByRole('button', { name: 'Sign in' })
  await expect(enter).toBeEnabled()
  await page.getByLabel('Email').fill('demo@posthorn.local')
  await page.getByLabel('Password', { exact: true }).fill('posthorn-demo')
  await enter.click()
  await expect(page).toHaveURL(new RegExp(`/${slug}/posts$`))
})

test('a forgotten password is replaced by a link in the mail, once, and ends every session', async ({
  page,
  browser,
}) => {
  const email = `ida.${Date.now()}@house.example`
  const slug = await signUp(page, email, 'House of Ida')
  const other = await (await browser.newContext()).newPage()
  await other.goto('/forgot-password')
  await other.getByLabel('Email').fill(email)
  await other.getByRole('button', { name: 'Send link' }).click()
  await expect(other.getByText('Look into your mail')).toBeVisible()
  const link = await mailedLink(other, email, /Reset/)
  await other.goto(link)
  await other.getByLabel('New password').fill('another long password')
  await other.getByRole('button', { name: 'Save password and sign in' }).click()
  await other.waitForURL((url) => url.pathname.startsWith(`/${slug}`))

  await page.goto(`/${slug}/posts`)
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto(link)
  await page.getByLabel('New password').fill('a third long password')
  await page.getByRole('button', { name: 'Save password and sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /link/i })).toBeVisible()
  await other.context().close()
})

test('a session that is ended elsewhere is at its end here', async ({ page, browser }) => {
  const slug = await signIn(page)
  const other = await (await browser.newContext()).newPage()
  await signIn(other)
  await other.goto(`/${slug}/settings/sessions`)
  const sessions = other.getByRole('table', { name: 'List of your sessions' })
  await expect(sessions.getByText('this one')).toHaveCount(1)
  await other.getByRole('button', { name: /^End (the other session|all)/ }).click()
  await expect(sessions.getByRole('button', { name: /^End the session/ })).toHaveCount(0)
  await page.goto(`/${slug}/posts`)
  await expect(page).toHaveURL(/\/sign-in/)
  await other.context().close()
})

test('a second workspace is made, and the switcher leads from one to the other', async ({ page, isMobile }) => {
  test.skip(isMobile, 'on phones the switcher is in the menu of more')
  const first = await signUp(page, `sam.${Date.now()}@house.example`, 'First House')
  const switcher = page.getByRole('button', { name: /Switch workspace/ })
  await switcher.click()
  await page.getByRole('menuitem', { name: 'New workspace' }).click()
  await page.getByLabel('Workspace name').fill('Second House')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(switcher).toContainText('Second House')
  await switcher.click()
  await page.getByRole('menuitem', { name: /First House/ }).click()
  await page.waitForURL((url) => url.pathname.startsWith(`/${first}`))
  await expect(switcher).toContainText('First House')
})

test.describe('by keyboard', () => {
  test.skip(({ isMobile }) => isMobile, 'phones have no keys')

  test('the command menu finds a page by another word, and goes there', async ({ page }) => {
    const slug = await signIn(page)
    await page.goto(`/${slug}/posts`)
    await expect(page.getByRole('heading', { name: 'Posts', level: 1 })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+k')
    const menu = page.getByRole('dialog', { name: 'Search and commands' })
    await menu.getByRole('combobox').fill('brand')
    await expect(menu.getByRole('option', { name: 'New project' })).toBeVisible()
    await menu.getByRole('combobox').fill('no such thing')
    await expect(menu).toContainText('Nothing by that name')
    await expect(menu.getByRole('option', { name: 'Search posts for “no such thing”' })).toBeVisible()
    await menu.getByRole('combobox').fill('roast')
    await expect(menu.getByRole('option', { name: 'Accounts' })).toBeHidden()
    await menu.getByRole('combobox').fill('calendar')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`/${slug}/calendar`))
    await expect(menu).toBeHidden()
  })

  test('“?” shows the keys of this page, and single keys can be turned off', async ({ page }) => {
    const slug = await signIn(page)
    await page.goto(`/${slug}/calendar`)
    await expect(page.getByRole('region', { name: 'Posts by state' })).toContainText('in all')
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(sheet.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeFocused()
    await expect(sheet.getByRole('region', { name: 'Calendar' })).toContainText('Show a week')
    await sheet.getByRole('switch', { name: 'Single-key shortcuts' }).click()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await page.keyboard.press('n')
    await expect(page).toHaveURL(/\/calendar/)
    await page.getByRole('button', { name: /^Your account/ }).click()
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
    await sheet.getByRole('switch', { name: 'Single-key shortcuts' }).click()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await page.keyboard.press('n')
    await expect(page).toHaveURL(/\/compose/)
  })
})
