import { expect, type Page } from '@playwright/test'
import { signIn, speak } from './demo'
import { makeRule } from './routed'
import { test } from './test'

test.skip(({ isMobile }) => isMobile, 'one journey by mouse; the pages are tried on phones one by one')

/** The time in letters, the last digit first, which no earlier try has: the stand-in reads letters, and five of a word. */
const wordOfNow = () =>
  [...`${Date.now()}`]
    .reverse()
    .map((digit) => 'abcdefghij'[Number(digit)])
    .join('')

const sandbox = () => process.env.SANDBOX_URL ?? ''

/** The demo's Facebook page, as the sandbox names it. */
async function facebookPage(page: Page): Promise<{ id: string; handle: string; name: string }> {
  const accounts: { network: string; kind: string; id: string; handle: string; name: string }[] = await (
    await page.request.get(`${sandbox()}/accounts`)
  ).json()
  const found = accounts.find(
    ({ network, kind, name }) => network === 'facebook' && kind === 'page' && /Coffee/.test(name),
  )
  if (!found) throw new Error('The demo has no Facebook page')
  return found
}

/** The answers that stand at Facebook with these words. */
async function seenAtFacebook(page: Page, text: string): Promise<number> {
  const effects: { text: string }[] = await (await page.request.get(`${sandbox()}/effects?network=facebook`)).json()
  return effects.filter((effect) => effect.text === text).length
}

async function setUpModels(page: Page): Promise<void> {
  await page.getByLabel('Provider').click()
  await page.getByRole('option', { name: 'OpenAI-compatible server' }).click()
  await page.getByLabel('Address of the server').fill(`${sandbox()}/ai/v1`)
  await page.getByLabel(/^Key/).fill('stand-in-key')
  await page.getByLabel('Model that reads').fill('stand-in-small')
  await page.getByLabel('Model that writes').fill('stand-in-large')
  for (const label of [/^Reads, in/, /^Reads, out/, /^Writes, in/, /^Writes, out/])
    await page.getByLabel(label).fill('1')
  await page.getByRole('button', { name: 'Save models' }).click()
  await expect(page.getByText('Models saved')).toBeVisible()
}

test('a complaint arrives live, is routed by a rule, answered with an edited AI draft, and its answer is on the network’s page once', async ({
  page,
}) => {
  const stamp = Date.now().toString(36)
  const slug = await signIn(page)
  const { handle } = await facebookPage(page)
  await page.goto(`/${slug}/settings/ai`)
  await setUpModels(page)
  // What a model finds urgent and our own reading does not comes to who looks at what is urgent.
  await page.goto(`/${slug}/inbox?view=urgent`)
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  await speak(`Guten Tag, mein Anwalt meldet sich bei Ihnen. ${stamp}`, `Otto ${stamp}`)
  await expect(
    page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: `Otto ${stamp}` }),
  ).toBeVisible()

  await page.goto(`/${slug}/settings/ai`)
  // An earlier try may have left an entry that says the same: this one has most in common with what is asked.
  const model = wordOfNow()
  const title = `Broken grinders ${model}`
  await page.getByRole('button', { name: 'Add entry' }).click()
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('What is true').fill('Send us a photo of a broken grinder and we look at it within 2 days.')
  await page.getByRole('button', { name: 'Save entry' }).click()
  await expect(page.getByRole('list', { name: 'Entries' }).getByText(title)).toBeVisible()
  // Of the same handle is an account at Instagram, which comes after.
  const policy = page.getByRole('form', { name: `Policy of @${handle}`, exact: true }).first()
  const mode = (name: string) => policy.getByRole('radio', { name })
  const choose = async (name: string) => {
    await mode(name).click()
    await policy.getByRole('button', { name: 'Save policy' }).click()
    await expect(page.getByText(/The policy of .* is saved/)).toBeVisible()
    await page.reload()
    await expect(mode(name)).toBeChecked()
  }
  // An earlier try may have chosen it already, and what stands as it was cannot be saved.
  if (await mode('Draft only').isChecked()) await choose('Off')
  await choose('Draft only')

  const member = await makeRule(page, slug, {
    rule: `Broken things ${stamp}`,
    word: `grinder${stamp}`,
    label: `Broken ${stamp}`,
    team: `Repairs ${stamp}`,
  })

  await page.goto(`/${slug}/inbox?view=all`)
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  await speak(`My grinder ${model} arrived broken, this is terrible. It is a grinder${stamp}.`, `Cora ${stamp}`)
  await page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('link', { name: new RegExp(`Cora ${stamp}`) })
    .click()
  await expect(page.getByText(`Team Repairs ${stamp}`)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Labels' }).getByText(`Broken ${stamp}`)).toBeVisible()
  await expect(page.getByRole('button', { name: `Assigned to ${member}: change` })).toBeVisible()

  const draft = page.getByRole('region', { name: 'Draft by AI' })
  await expect(draft.getByText('AI left this to a person')).toBeVisible()
  const words = draft.getByLabel('Drafted answer')
  await expect(words).toHaveValue(/Send us a photo of a broken grinder/)
  await expect(draft.getByText(`From the knowledge base: ${title}`)).toBeVisible()
  await expect(draft.getByText(/cost /)).toBeVisible()

  const answer = `So sorry, Cora ${stamp}. Please send us a photo and we look at it within 2 days.`
  await words.fill(answer)
  await draft.getByRole('button', { name: 'Send this draft' }).click()
  await expect(page.getByText('The answer goes out in a moment')).toBeVisible()
  await expect(draft.getByRole('button', { name: 'Draft an answer' })).toBeVisible()
  const sent = page.locator('[data-own=true]', { hasText: answer })
  await expect(sent.getByText(/^Sent once/)).toBeVisible({ timeout: 60_000 })
  expect(await seenAtFacebook(page, answer)).toBe(1)
  await page.goto((await sent.getByRole('link', { name: 'Open at the network' }).getAttribute('href')) ?? '')
  await expect(page.getByText(answer)).toHaveCount(1)

  await page.goto(`/${slug}/settings/ai`)
  const calls = page.getByRole('table', { name: 'The latest calls' })
  await expect(calls.getByRole('link', { name: 'Drafting answers' }).first()).toHaveAttribute('href', /inbox\?open=/)
})

test('a draft is rejected with its reason, and without a model it says that it is a template', async ({ page }) => {
  const stamp = Date.now().toString(36)
  const slug = await signIn(page)
  const { id } = await facebookPage(page)
  await page.goto(`/${slug}/settings/ai`)
  const forget = page.getByRole('button', { name: 'Forget the key' })
  const noModel = page.getByText('No model is set up')
  await expect(forget.or(noModel)).toBeVisible()
  if (await forget.isVisible()) await forget.click()
  await expect(noModel).toBeVisible()
  const question = `Which beans for a moka pot, ${stamp}?`
  await page.request.post(`${sandbox()}/speak`, {
    data: {
      network: 'facebook',
      account: id,
      kind: 'dm',
      by: { handle: `dan.${stamp}`, name: `Dan ${stamp}` },
      text: question,
    },
  })
  await page.goto(`/${slug}/inbox`)
  await page.getByText(question).first().click()
  const draft = page.getByRole('region', { name: 'Draft by AI' })
  // The policy of the account may have drafted already, or do so while we look.
  const ask = draft.getByRole('button', { name: 'Draft an answer' })
  await expect(async () => {
    if (await ask.isVisible()) await ask.click({ timeout: 2_000 })
    await expect(draft.getByText('Template, not written by AI')).toBeVisible({ timeout: 5_000 })
  }).toPass()
  await draft.getByRole('button', { name: 'Reject' }).click()
  await page.getByLabel('What is wrong with it').fill('Says nothing')
  await page.getByRole('button', { name: 'Reject draft' }).click()
  await expect(ask).toBeVisible()
})
