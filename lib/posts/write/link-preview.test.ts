import { createServer } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { closeDoors } from '@/lib/core/rate'
import { closeAll, newDesk } from '../desk.test-data'
import { readCard } from './link-card'
import { linkPreview } from './link-preview'

afterAll(async () => {
  await closeDoors()
  await closeAll()
})

const card = (html: string, type = 'text/html; charset=utf-8') =>
  readCard(new TextEncoder().encode(html), type, 'https://a.com/b/c')

test('a page’s own words for cards come before its title, and entities become characters', () => {
  const html = `<head><title>Plain</title><!-- <meta property="og:title" content="no"> -->
    <script>'<meta property="og:title" content="no">'</script>
    <META content='Tom &amp; Jerry&#39;s &quot;best&quot;' property='og:title'><meta name=description content="one
    line"><meta property="og:image" content="/pic.png?a=1&amp;b=2"></head><body><meta property="og:title" content="late">`
  expect(card(html)).toEqual({
    title: `Tom & Jerry's "best"`,
    description: 'one line',
    imageUrl: 'https://a.com/pic.png?a=1&b=2',
  })
})

test('a page that says little, or nonsense, gives what there is', () => {
  expect(card('<title>Only &unknown; this</title>')).toEqual({
    title: 'Only &unknown; this',
    description: null,
    imageUrl: null,
  })
  expect(card('<meta property="og:image" content="javascript:alert(1)">').imageUrl).toBeNull()
  expect(card('')).toEqual({ title: null, description: null, imageUrl: null })
  expect(
    readCard(
      Uint8Array.from([...'<title>Z'].map((c) => c.charCodeAt(0)).concat(0xfc)),
      'text/html; charset=iso-8859-1',
      'https://a.com',
    ).title,
  ).toBe('Zü')
})

test('a hostile page costs no more than its length', () => {
  const hostile = [
    '<meta ',
    '<!--',
    '<script ',
    '<meta a=',
    '<title>',
    '<title',
    '<meta property="og:title" content="',
    '&#',
    '<style></style',
  ]
  for (const piece of hostile) {
    const started = performance.now()
    card(piece.repeat(600_000 / piece.length))
    expect([piece, performance.now() - started < 1_000]).toEqual([piece, true])
  }
})

test('addresses inside our own network are not looked at', async () => {
  let visits = 0
  const server = createServer((_, response) => {
    visits += 1
    response.end('<title>Inside</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const editor = await (await newDesk()).as('editor')
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])
    expect(await linkPreview(editor, { url: `http://${host}:${port}/` })).toMatchObject({
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('cannot be looked at') },
    })
  expect(await linkPreview(editor, { url: 'http://169.254.169.254/latest/meta-data' })).toMatchObject({ ok: false })
  expect(await linkPreview(editor, { url: 'file:///etc/passwd' })).toMatchObject({
    error: { code: 'VALIDATION_ERROR' },
  })
  expect(visits).toBe(0)
  await new Promise((resolve) => server.close(resolve))
})
