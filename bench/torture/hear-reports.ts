import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { receiveHandshake, receiveWebhook } from '@/app/api/webhooks/platform/[platform]/receive'
import { ask, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'

type Door = { readonly url: string; close(): Promise<void> }

/** The product's own door for what a network reports, at an address of this machine. */
async function openDoor(platform: string): Promise<Door> {
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
    const body = await buffer(incoming)
    const answer =
      incoming.method === 'GET'
        ? await receiveHandshake(new Request(url), { platform }, newId())
        : await receiveWebhook(new Request(url, { method: 'POST', headers, body }), { platform }, newId())
    outgoing.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/**
 * Lets WhatsApp report what people write to its number, and what becomes of answers.
 * @returns what ends it
 */
export async function hearAnswerReports({ sandbox }: ConnectedWorld): Promise<() => Promise<void>> {
  const door = await openDoor('whatsapp')
  const hook = { network: 'whatsapp', clientId: 'posthorn-whatsapp', url: door.url, verifyToken: 'sandbox-verify' }
  await ask(sandbox, '/portal', hook)
  return door.close
}

/**
 * Lets X report what its account posts, and takes the reports in at the product's own door.
 * @returns what ends it
 */
export async function hearReports({ ctx, accounts, sandbox }: ConnectedWorld): Promise<() => Promise<void>> {
  const door = await openDoor('x')
  const api = sandbox.networks.x?.url ?? ''
  const call = async <T>(path: string, headers: Record<string, string>, body: string | URLSearchParams): Promise<T> => {
    const response = await fetch(api + path, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    // X's own answers, of which each caller names what it asks for.
    return (await response.json()) as T
  }
  const basic = { authorization: `Basic ${btoa('posthorn:sandbox-secret')}` }
  const { access_token: token } = await call<{ access_token: string }>(
    '/oauth2/token',
    basic,
    new URLSearchParams({ grant_type: 'client_credentials' }),
  )
  const bearer = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  await call('/2/webhooks', bearer, JSON.stringify({ url: door.url }))
  const { externalId } = await ctx.db.account.findUniqueOrThrow({ where: { id: accounts.x } })
  const filter = { user_id: externalId }
  await call('/2/activity/subscriptions', bearer, JSON.stringify({ event_type: 'post.create', filter }))
  return door.close
}
