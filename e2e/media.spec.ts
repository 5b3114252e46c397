import { expect, type Page } from '@playwright/test'
import { signIn } from './demo'
import { test } from './test'

/** A picture of a colour of its own, made by the browser. */
async function picture(page: Page, width = 640, height = 400): Promise<Buffer> {
  const url = await page.evaluate(
    ([width, height]) => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('no canvas')
      const paint = pen.createLinearGradient(0, 0, width, height)
      paint.addColorStop(0, `hsl(${Math.random() * 360} 60% 60%)`)
      paint.addColorStop(1, `hsl(${Math.random() * 360} 60% 30%)`)
      pen.fillStyle = paint
      pen.fillRect(0, 0, width, height)
      return canvas.toDataURL('image/png')
    },
    [width, height] as const,
  )
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

const file = (page: Page, name: string) => page.getByRole('button', { name: `Open ${name}` })
const tray = (page: Page) => page.getByRole('region', { name: 'Uploads' })
const details = (page: Page) => page.getByRole('dialog')

/** The library, with nothing on its way in: what an earlier try left half sent would stand in the tray. */
async function openLibrary(page: Page): Promise<string> {
  const slug = await signIn(page)
  const headers = { 'x-workspace': slug, 'tus-resumable': '1.0.0' }
  const { data: left } = await (await page.request.get('/api/media/uploads', { headers })).json()
  for (const { id } of left)
    expect((await page.request.delete(`/api/media/uploads/${id}`, { headers })).ok()).toBe(true)
  await page.goto(`/${slug}/media`)
  await expect(page.getByRole('heading', { name: 'Media', level: 1 })).toBeVisible()
  return slug
}

/** Drops files on the page, as a hand does. */
async function drop(page: Page, files: readonly { name: string; bytes: Buffer }[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer()
      for (const { name, base64 } of given)
        data.items.add(
          new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, {
            type: 'image/png',
            lastModified: 1,
          }),
        )
      return data
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  )
  const area = page.getByRole('search', { name: 'Filter media' })
  for (const type of ['dragover', 'drop']) await area.dispatchEvent(type, { dataTransfer: transfer })
}

const names = (count: number) => Array.from({ length: count }, (_, n) => `${n}-${Date.now()}.png`)

test('files are dropped, described, tagged, put into a folder and found again', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has nothing to drop')
  await openLibrary(page)
  const [first = '', second = ''] = names(2)
  await drop(page, [
    { name: first, bytes: await picture(page) },
    { name: second, bytes: await picture(page) },
  ])
  await tray(page).getByLabel(`Alt text for ${first}`).fill('A gradient')
  await tray(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`“${first}” described`)).toBeVisible()
  await tray(page)
    .getByRole('button', { name: `Describe ${second} later` })
    .click()
  await expect(tray(page)).toBeHidden()

  const folder = `Spring ${Date.now()}`
  const folders = page.getByRole('navigation', { name: 'Folders' })
  await folders.getByRole('button', { name: 'New folder' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(folder)
  await page.getByRole('button', { name: 'Create folder' }).click()
  await expect(folders.getByRole('button', { name: `${folder} 0 files` })).toBeVisible()

  for (const name of [first, second]) await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  const bar = page.getByRole('region', { name: 'Selected files' })
  await expect(bar.getByText('2 selected')).toBeVisible()
  const tag = `launch ${Date.now()}`
  await bar.getByRole('button', { name: 'Tag…' }).click()
  await page.getByRole('dialog').getByLabel('Add').fill(tag)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Change tags' }).click()
  await expect(page.getByText('2 files tagged')).toBeVisible()

  await page.getByRole('checkbox', { name: `Select ${first}` }).check()
  await bar.getByRole('button', { name: 'Move…' }).click()
  await page.getByRole('dialog').getByLabel('Into').click()
  await page.getByRole('option', { name: folder }).click()
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(page.getByText('1 file moved')).toBeVisible()
  await folders.getByRole('button', { name: `${folder} 1 files` }).click()
  await expect(file(page, first)).toBeVisible()
  await expect(file(page, second)).toBeHidden()

  await folders.getByRole('button', { name: 'All files' }).click()
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByRole('menuitemradio', { name: `${tag} (2)` }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(2)
  await page.getByRole('radio', { name: 'List' }).click()
  await expect(page.getByRole('table', { name: 'Files' }).getByRole('row')).toHaveCount(3)
  await page.reload()
  await expect(page.getByRole('table', { name: 'Files' }).getByRole('row')).toHaveCount(3)
})

test('a picture that is pasted comes into the library, unless it is pasted where somebody writes', async ({
  page,
  context,
  isMobile,
}) => {
  test.skip(isMobile, 'a phone has no keys to paste by')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const slug = await openLibrary(page)
  // Browsers call each picture that is pasted so: earlier tries may have left some.
  const pasted = async (): Promise<number> => {
    const query = new URLSearchParams({ search: 'image.png', take: '100' })
    const answer = await page.request.get(`/api/media?${query}`, { headers: { 'x-workspace': slug } })
    return (await answer.json()).data.filter(({ name }: { name: string }) => name === 'image.png').length
  }
  const before = await pasted()
  const base64 = (await picture(page)).toString('base64')
  await page.evaluate(async (png) => {
    const image = new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], { type: 'image/png' })
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image, 'text/plain': 'a caption' })])
  }, base64)

  const field = page.getByRole('searchbox')
  await field.focus()
  await page.keyboard.press('ControlOrMeta+V')
  await expect(field).toHaveValue('a caption')
  await field.fill('')
  await field.blur()
  await page.keyboard.press('ControlOrMeta+V')
  await tray(page)
    .getByRole('button', { name: /^Describe .+ later$/ })
    .click()
  // The only one: of what went into the field nothing was sent.
  await expect(tray(page)).toBeHidden()
  await expect(file(page, 'image.png').first()).toBeVisible()
  expect(await pasted()).toBe(before + 1)
})

test('a picture is cut into a new file, and taken into a post; then it cannot be deleted', async ({ page }) => {
  const slug = await openLibrary(page)
  const [name = ''] = names(1)
  await page
    .getByLabel('Upload files: choose files')
    .first()
    .setInputFiles({ name, mimeType: 'image/png', buffer: await picture(page) })
  await tray(page)
    .getByRole('button', { name: `Describe ${name} later` })
    .click()
  await file(page, name).click()
  await expect(details(page).getByText('640 × 400')).toBeVisible()
  await details(page).getByRole('button', { name: 'Edit…' }).click()
  const editor = page.getByRole('dialog', { name: `Edit ${name}` })
  await editor.getByLabel('Shape').click()
  await page.getByRole('option', { name: 'Square, 1 : 1' }).click()
  await editor.getByLabel('Width in pixels').fill('300')
  await expect(editor.getByText('Cut from 640 × 400 to 400 × 400')).toBeVisible()
  await expect(editor.getByText('Made smaller, to 300 × 300')).toBeVisible()
  await editor.getByRole('button', { name: 'Save as new file' }).click()

  await expect(details(page).getByText('300 × 300').first()).toBeVisible()
  await expect(details(page).getByRole('list', { name: 'Original' }).getByText(name)).toBeVisible()
  await details(page).getByRole('button', { name: 'Use in a post' }).click()
  await page.waitForURL(/\/compose\?post=/)
  await expect(page.getByText(name.replace('.png', ' (edited).png'), { exact: true })).toBeVisible()
  const post = new URL(page.url()).searchParams.get('post') ?? ''
  await page.goto(`/${slug}/posts/${post}`)
  const shown = page.getByRole('list', { name: 'Media' }).getByRole('img')
  await expect.poll(() => shown.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBe(300)

  await page.goto(`/${slug}/media?q=${encodeURIComponent(name.replace('.png', ' (edited)'))}`)
  await file(page, name.replace('.png', ' (edited).png')).click()
  await expect(details(page).getByRole('heading', { name: 'Used in 1 post' })).toBeVisible()
  await expect(details(page).getByRole('button', { name: 'Delete…' })).toHaveAccessibleDescription(
    /^A post shows this file. Take it out of that post/,
  )
})

test('a file the library knows is offered instead of a second one; both are kept when that is wanted', async ({
  page,
}) => {
  await openLibrary(page)
  const [name = ''] = names(1)
  const buffer = await picture(page)
  const choose = (as: string) =>
    page.getByLabel('Upload files: choose files').first().setInputFiles({ name: as, mimeType: 'image/png', buffer })
  await choose(name)
  await tray(page)
    .getByRole('button', { name: `Describe ${name} later` })
    .click()
  await choose(`again-${name}`)
  await expect(tray(page).getByText(`The library has this file already, as “${name}”`)).toBeVisible()
  await tray(page).getByRole('button', { name: 'Keep both' }).click()
  await tray(page)
    .getByRole('button', { name: `Describe again-${name} later` })
    .click()
  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitemcheckbox', { name: 'Duplicates' }).click()
  await page.keyboard.press('Escape')
  await expect(file(page, name)).toBeVisible()
  await expect(file(page, `again-${name}`)).toBeVisible()
})

test('an upload that is cut off goes on where it was; what is too heavy for a network is made to fit', async ({
  page,
}) => {
  await openLibrary(page)
  const name = `cut-${Date.now()}.png`
  const noise = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 2_400, height: 2_000 })
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    const paint = pen.createImageData(2_400, 2_000)
    for (let at = 0; at < paint.data.length; at += 65_536)
      crypto.getRandomValues(paint.data.subarray(at, Math.min(paint.data.length, at + 65_536)))
    for (let at = 3; at < paint.data.length; at += 4) paint.data[at] = 255
    pen.putImageData(paint, 0, 0)
    return canvas.toDataURL('image/png')
  })
  const buffer = Buffer.from(noise.slice(noise.indexOf(',') + 1), 'base64')
  // Two pieces of 8 MiB at most: the first comes through, the second meets no network.
  let pieces = 0
  await page.route('**/api/media/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH' && (pieces += 1) > 1) await route.abort()
    else await route.continue()
  })
  const folder = test.info().outputPath(name)
  await import('node:fs/promises').then(({ writeFile, utimes }) =>
    writeFile(folder, buffer).then(() => utimes(folder, 1_000, 1_000)),
  )
  await page.getByLabel('Upload files: choose files').first().setInputFiles(folder)
  await expect.poll(() => pieces).toBeGreaterThan(1)
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await expect(tray(page).getByText(`8.4 MB of`)).toBeVisible()
  await tray(page).getByLabel('Choose it again: choose files').setInputFiles(folder)
  await expect(tray(page).getByRole('button', { name: `Describe ${name} later` })).toBeVisible({
    timeout: 30_000,
  })
  await tray(page)
    .getByRole('button', { name: `Describe ${name} later` })
    .click()

  // Sixteen megabytes of noise, and X takes five.
  await file(page, name).click()
  await details(page).getByRole('button', { name: 'Fit for X…' }).click()
  const fit = page.getByRole('dialog', { name: 'Fit for X' })
  await expect(fit.getByRole('list', { name: 'What will change' })).toContainText('Compressed from')
  const after = fit.getByRole('img', { name: `${name}, as X would get it` })
  await expect
    .poll(() => after.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 30_000 })
    .toBeGreaterThan(0)
  await fit.getByRole('button', { name: 'Save as new file' }).click()
  await expect(details(page).getByText('Fits as it is').first()).toBeVisible({ timeout: 30_000 })
  await expect(details(page).getByRole('heading', { name: `${name.replace('.png', '')} (for X).png` })).toBeVisible()
})
