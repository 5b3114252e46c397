import { createServer, type IncomingHttpHeaders } from 'node:http'
import { expect } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { findings } from './axe'
import { openNewPost, signIn } from './demo'
import { test } from './test'

type Got = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A program of the team's own, where the settings let webhooks go. It fails at what it is told first at `path`. */
async function startProgram(path: string) {
  const got: Got[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    // Others may have had it told of things, elsewhere.
    if (incoming.url === path) got.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() })
    outgoing.writeHead(got.length === 1 ? 500 : 204).end()
  })
  await new Promise<void>((done) => server.listen(Number(process.env.HOOK_PORT), '127.0.0.1', done))
  return {
    got,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

test('a webhook is made, its secret shown once, and what happens is told, seen, and told again', async ({ page }) => {
  const stamp = Date.now().toString(36)
  const program = await startProgram(`/told/${stamp}`)
  const slug = await signIn(page)
  const name = `Our CRM ${stamp}`
  await page.goto(`/${slug}/settings/webhooks`)
  await page.getByRole('button', { name: 'New webhook' }).first().click()
  const dialog = page.getByRole('dialog')

  await dialog.getByLabel('Address').fill('https://10.0.0.1/inside')
  await dialog.getByLabel(/What it is for/).fill(name)
  await dialog.getByRole('checkbox', { name: 'A post is written' }).check()
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  await expect(dialog.getByText('The address is not on the public internet.')).toBeVisible()
  await dialog.getByLabel('Address').fill(`http://127.0.0.1:${process.env.HOOK_PORT}/told/${stamp}`)
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  const secret = await dialog.getByLabel('Secret', { exact: true }).inputValue()
  expect(secret).toMatch(/^whsec_/)
  await dialog.getByRole('button', { name: 'Done' }).click()

  await openNewPost(page, slug, `Told to ${name}`, ['x @northwind'])
  await page.goto(`/${slug}/settings/webhooks`)
  await page.getByRole('link', { name }).click()
  // The program failed at first, so it is told a second time by itself, under the same id.
  const row = page.getByRole('row', { name: /A post is written/ })
  await expect(row.getByText('Delivered')).toBeVisible()
  expect(program.got).toHaveLength(2)
  expect(new Set(program.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const [, second] = program.got
  // Node writes these three as single values.
  expect(new Webhook(secret).verify(second?.body ?? '', second?.headers as Record<string, string>)).toMatchObject({
    type: 'post.created',
  })
  expect(await page.content()).not.toContain(secret)

  await row.getByRole('button', { name: /Send again/ }).click()
  await expect.poll(() => program.got.length).toBe(3)
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByRole('row', { name: /A test/ }).getByText('Delivered')).toBeVisible()

  expect(await findings(page, { every: true })).toEqual([])
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Nothing is sent while it is paused')).toBeVisible()
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove webhook' }).click()
  await expect(page).toHaveURL(/settings\/webhooks$/)
  await expect(page.getByRole('link', { name })).toHaveCount(0)
  await program.close()
})
