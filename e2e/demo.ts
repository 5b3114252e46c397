import { Temporal } from 'temporal-polyfill'
import { expect, type Browser, type Page } from '@playwright/test'

/**
 * Signs in, as the demo's owner unless somebody else is named, without opening a page: the form has a journey of its own.
 * @returns the slug of the workspace that it leads to.
 */
export async function signIn(page: Page, email = 'demo@posthorn.local', password = 'posthorn-demo'): Promise<string> {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const form = { csrfToken, email, password, json: 'true' }
  const answer = await page.request.post('/api/auth/callback/credentials', { form })
  expect(answer.status(), await answer.text()).toBe(200)
  const home = await page.request.get('/', { maxRedirects: 0 })
  return new URL(home.headers().location ?? '', answer.url()).pathname.split('/')[1] ?? ''
}

const zone = 'Europe/Zurich'

/** So many days from now on the clock of the demo: `2026-11-24`. Asked for once in a journey: midnight may come. */
export const dayOf = (inDays: number): string => {
  const today = Temporal.Now.plainDateISO(zone)
  return today.add({ days: inDays }).toString()
}

/** The next day but a month on which the demo's clocks skip the hour from two to three, or show it twice. */
export function dayWhenClocks(what: 'skip' | 'repeat'): string {
  let at = Temporal.Now.zonedDateTimeISO(zone).add({ months: 1 })
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next) throw new Error(`The clocks of ${zone} change no more`)
    const skips = next.offsetNanoseconds > next.subtract({ seconds: 1 }).offsetNanoseconds
    if (skips === (what === 'skip')) return next.toPlainDate().toString()
    at = next
  }
}

/** Opens the newest mail to somebody in the outbox of the demo, once it is there. @returns the address it leads to. */
export async function mailedLink(page: Page, email: string, subject: RegExp): Promise<string> {
  const mail = page.getByRole('listitem').filter({ hasText: email }).filter({ hasText: subject }).first()
  await expect(async () => {
    await page.goto('/outbox')
    await expect(mail).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await mail.locator('summary').click()
  return (await mail.getByRole('link').first().getAttribute('href')) ?? ''
}

/** The accounts of the demo, as `platform handle` → id. */
async function accountsOf(page: Page, slug: string): Promise<Map<string, string>> {
  const answer = await page.request.get('/api/accounts', { headers: { 'x-workspace': slug } })
  expect(answer.status()).toBe(200)
  const { data } = await answer.json()
  return new Map(data.map((one: Record<string, string>) => [`${one.platform} ${one.handle}`, one.id]))
}

/**
 * Writes a post for accounts (`platform handle`), for a time on the demo's wall clock when one is given, and opens its
 * page. @returns its id.
 */
export async function openNewPost(
  page: Page,
  slug: string,
  words: string | { readonly text: string; readonly media: readonly string[] },
  to: readonly string[],
  wallTime?: string,
): Promise<string> {
  const content = typeof words === 'string' ? { text: words } : words
  const accounts = await accountsOf(page, slug)
  const answer = await page.request.post('/api/posts', {
    headers: { 'x-workspace': slug },
    data: {
      content,
      platforms: to.map((name) => ({ platform: name.split(' ')[0], accountId: accounts.get(name) })),
      ...(wallTime ? { scheduledAt: { wallTime, timeZone: zone } } : {}),
    },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { post } = await answer.json()
  await page.goto(`/${slug}/posts/${post.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(content.text.slice(0, 12))
  return post.id
}

/** Somebody new joins the workspace that `page` is signed in to, by an invitation. @returns a window of their own. */
export async function joinAs(page: Page, browser: Browser, slug: string, name: string, role: string): Promise<Page> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@northwind.example`
  await page.goto(`/${slug}/settings/members`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Role').first().click()
  await page.getByRole('option', { name: new RegExp(role) }).click()
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByText(/Invitation sent/)).toBeVisible()
  const theirs = await (await browser.newContext()).newPage()
  await theirs.goto(await mailedLink(theirs, email, /invite/i))
  await theirs.getByLabel('Your name').fill(name)
  await theirs.getByLabel('Password', { exact: true }).fill('a long enough password')
  await theirs.getByRole('button', { name: 'Create account and join' }).click()
  await theirs.waitForURL((url) => url.pathname.startsWith(`/${slug}`))
  return theirs
}

const bySandbox = async (path: string, body: object): Promise<{ readonly id: string }> => {
  const answer = await fetch(`${process.env.SANDBOX_URL}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ network: 'facebook', ...body }),
  })
  expect(answer.ok, await answer.clone().text()).toBe(true)
  return answer.json()
}

/** Somebody speaks to the demo's page at the sandbox's Facebook. `more` as `POST /speak` of the sandbox takes it. @returns the network's name for it */
export async function speak(text: string, name: string, more: object = {}): Promise<string> {
  const by = { handle: name.toLowerCase().replaceAll(' ', '.'), name }
  return (await bySandbox('/speak', { account: 'northwindcoffee', kind: 'comment', text, by, ...more })).id
}

/** Somebody changes what they said there, or takes it back. */
export async function unsay(id: string, text?: string): Promise<void> {
  await bySandbox('/unsay', { id, ...(text === undefined ? {} : { text }) })
}
