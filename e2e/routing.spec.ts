import { expect, type Page } from '@playwright/test'
import { findings } from './axe'
import { signIn } from './demo'
import { makeRule, newOne, save } from './routed'
import { test } from './test'

const dialog = (page: Page) => page.getByRole('dialog')
const sandbox = () => process.env.SANDBOX_URL ?? ''

test.describe('routing', () => {
  test.skip(({ isMobile }) => isMobile, 'one long journey by mouse; the pages are tried on phones below')

  test('a rule made on the settings page gives a complaint to the team with a label, and its promise warns', async ({
    page,
  }) => {
    const slug = await signIn(page)
    const stamp = Date.now().toString(36)
    const settings = `/${slug}/settings/inbox`

    const name = await makeRule(page, slug, {
      rule: `Late orders ${stamp}`,
      word: `parcel${stamp}`,
      label: `Late ${stamp}`,
      team: `Care ${stamp}`,
    })

    await page.goto(`${settings}/promises`)
    await newOne(page, 'New promise')
    await dialog(page).getByLabel('Name', { exact: true }).fill(`Half an hour ${stamp}`)
    await dialog(page).getByLabel('Answered within').fill('30')
    await dialog(page).getByLabel('Warn before').fill('29')
    await save(page, 'Make promise')
    // Facebook tells of a mention by the second, and what was said before a promise is not measured by it.
    const made = Math.floor(Date.now() / 1_000)
    await expect.poll(() => Math.floor(Date.now() / 1_000)).toBeGreaterThan(made)

    const spoken = await page.request.post(`${sandbox()}/speak`, {
      data: {
        network: 'facebook',
        account: 'northwindcoffee',
        // A promise of the demo stands before this one, for messages.
        kind: 'mention',
        text: `My parcel${stamp} is late and broken. This is terrible!`,
        by: { handle: `rosa.${stamp}`, name: `Rosa ${stamp}` },
      },
    })
    expect(spoken.status(), await spoken.text()).toBe(201)

    await page.goto(`/${slug}/inbox?view=all`)
    await page.getByRole('link', { name: new RegExp(`parcel${stamp}`) }).click({ timeout: 90_000 })
    await expect(page.getByRole('list', { name: 'Labels' }).getByText(`Late ${stamp}`)).toBeVisible()
    await expect(page.getByText(`Team Care ${stamp}`)).toBeVisible()
    await expect(page.getByRole('button', { name: `Assigned to ${name}: change` })).toBeVisible()
    await expect(page.getByText('Answer soon due')).toBeVisible({ timeout: 120_000 })

    await page.goto(settings)
    await expect(
      page.getByRole('row', { name: `Late orders ${stamp}` }).getByRole('cell', { name: /^1 time/ }),
    ).toBeVisible()
  })
})

test('every page on which the inbox is set up can be read by everyone, in both themes', async ({ page }) => {
  const slug = await signIn(page)
  for (const part of ['', '/promises', '/teams', '/labels', '/replies', '/triage', '/done']) {
    await page.goto(`/${slug}/settings/inbox${part}`)
    await expect(page.getByRole('navigation', { name: 'Inbox settings' })).toBeVisible()
    expect(await findings(page, { every: true }), part).toEqual([])
  }
})

test('a dialog on the settings page says what is wrong under its field', async ({ page }) => {
  const slug = await signIn(page)
  await page.goto(`/${slug}/settings/inbox/replies`)
  await newOne(page, 'New saved reply')
  await dialog(page).getByLabel('Name', { exact: true }).fill(`Hello ${Date.now()}`)
  await dialog(page).getByLabel('Words', { exact: true }).fill('Hi {{contact.frist_name}}')
  await dialog(page).getByRole('button', { name: 'Create saved reply' }).click()
  await expect(page.getByText('There is no variable {{contact.frist_name}}')).toBeVisible()
  expect(await findings(page, { every: true, within: '[role=dialog]' })).toEqual([])

  // What was entered is not lost by a slip.
  await page.keyboard.press('Escape')
  const question = page.getByRole('alertdialog', { name: 'Close without saving?' })
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(dialog(page).getByLabel('Words', { exact: true })).toHaveValue('Hi {{contact.frist_name}}')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(dialog(page)).toBeHidden()
})

test('a number can be emptied and written anew, and one that is missing is asked for', async ({ page }) => {
  const slug = await signIn(page)
  await page.goto(`/${slug}/settings/inbox/triage`)
  const followers = page.getByLabel('Influential from')
  await expect(followers).not.toHaveValue('')
  await followers.focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Backspace')
  await expect(followers).toHaveValue('')
  await page.getByRole('button', { name: 'Save weights' }).click()
  await expect(page.getByText('Fill this in')).toBeVisible()
  await followers.pressSequentially('5')
  await expect(followers).toHaveValue('5')
})
