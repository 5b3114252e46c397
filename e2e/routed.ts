import { expect, type Page } from '@playwright/test'

const dialog = (page: Page) => page.getByRole('dialog')

/** Chooses from one of our lists, by the words of its label. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await dialog(page).getByLabel(label, { exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

export async function newOne(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).first().click()
  await expect(dialog(page)).toBeVisible()
}

export async function save(page: Page, button: string): Promise<void> {
  await dialog(page).getByRole('button', { name: button }).click()
  await expect(dialog(page)).toBeHidden()
}

type Routed = { readonly rule: string; readonly word: string; readonly label: string; readonly team: string }

/** Makes a label, a team of one, and a rule that gives it what says the word, all on the settings pages. @returns who is in the team. */
export async function makeRule(page: Page, slug: string, { rule, word, label, team }: Routed): Promise<string> {
  const settings = `/${slug}/settings/inbox`
  await page.goto(`${settings}/labels`)
  await newOne(page, 'New label')
  await dialog(page).getByLabel('Name', { exact: true }).fill(label)
  await choose(page, 'Colour', 'Red')
  await save(page, 'Create label')

  await page.goto(`${settings}/teams`)
  await newOne(page, 'New team')
  await dialog(page).getByLabel('Name', { exact: true }).fill(team)
  await page.getByRole('button', { name: 'Add a person' }).click()
  await dialog(page).getByLabel('Person', { exact: true }).click()
  const me = page.getByRole('option').first()
  const name = await me.innerText()
  await me.click()
  await save(page, 'Create team')
  await expect(page.getByRole('cell', { name: team, exact: true })).toBeVisible()

  await page.goto(settings)
  await newOne(page, 'New rule')
  await dialog(page).getByLabel('Name', { exact: true }).fill(rule)
  await dialog(page).getByLabel('It says one of').fill(word)
  await choose(page, 'Team', team)
  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByRole('checkbox', { name: label }).check()
  await save(page, 'Create rule')
  await expect(page.getByText(`says “${word}”`)).toBeVisible()
  return name
}
