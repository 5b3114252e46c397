import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'

const feed = `<rss version="2.0"><channel><title>Intranet</title><link>http://i.example/</link><description>d</description>
  <item><guid>1</guid><title>One</title><link>http://i.example/1</link></item></channel></rss>`

const served: Server[] = []
async function serve(answer: (asked: IncomingMessage, answer: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  served.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // listen() gives an address once it listens on TCP.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
afterAll(() => served.forEach((server) => server.close()))

const secret = await serve((_, answer) => answer.end(feed))
const latin = Buffer.from(feed.replace('One', 'Rösterei für München'), 'latin1')
const named = await serve((asked, answer) => {
  if (asked.url === '/header') return void answer.setHeader('content-type', 'text/xml; charset=ISO-8859-1').end(latin)
  if (asked.url === '/prolog')
    return void answer.end(Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1252"?>'), latin]))
  if (asked.url === '/away') answer.writeHead(302, { location: `${secret}/feed` }).end()
  else if (asked.headers['if-none-match'] === '"one"') answer.writeHead(304).end()
  else answer.writeHead(200, { etag: '"one"' }).end(feed)
})
// Settings are read once, at the first use.
process.env.PRIVATE_FEED_ORIGINS = ` ${named}/ignored , https://b.example`
const { fetchFeed } = await import('./fetch')

test('a feed in the own network is read at an origin that the settings name, and not sent again unchanged', async () => {
  const first = await fetchFeed(`${named}/feed`)
  expect(first).toMatchObject({ ok: true, value: { feed: { title: 'Intranet' }, next: { etag: '"one"' } } })
  const again = await fetchFeed(`${named}/feed`, { etag: '"one"', lastModified: null })
  expect(again).toMatchObject({ ok: true, value: { feed: undefined, next: { etag: '"one"' } } })
})

test('no other private origin is asked, and none that a named one points to', async () => {
  for (const url of [`${secret}/feed`, `${named}/away`])
    expect(await fetchFeed(url)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('not on the public internet') },
    })
})

test.each(['header', 'prolog'])('a feed in other letters is read as its %s says', async (where) => {
  expect(await fetchFeed(`${named}/${where}`)).toMatchObject({
    ok: true,
    value: { feed: { items: [{ title: 'Rösterei für München' }] } },
  })
})
