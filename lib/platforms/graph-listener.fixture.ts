import { createServer } from 'node:http'
import { vi } from 'vitest'
import type { Incoming, WebhookEvent } from '.'
import type { Subject } from './contract.fixture'

type Delivery = { readonly body: Buffer; readonly headers: Headers }

/** A door for Meta's webhooks, opened by the adapter's own handshake and signature. */
export type Listener = {
  readonly deliveries: readonly Delivery[]
  /** Everything reported so far, once `count` things were. */
  events(count: number): Promise<readonly WebhookEvent[]>
  /** What others said and did, as the inbox reads it. */
  incoming(count: number): Promise<readonly Incoming[]>
  close(): Promise<void>
}

/** Tells the network's app where to report what, and keeps what comes. Throws when the handshake fails. */
export async function listenTo(of: Subject, object: string, fields: readonly string[]): Promise<Listener> {
  const { webhook, inbox } = of.platform
  const { app } = of
  const deliveries: Delivery[] = []
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    const greeted = webhook?.handshake(app, query)
    if (request.method === 'GET') return void response.writeHead(greeted ? 200 : 403).end(greeted?.body)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
      deliveries.push({ body: Buffer.concat(chunks), headers })
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  const answer = await fetch(`${app.apiUrl}/${of.platform.apiVersion.version}/${app.clientId}/subscriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.clientId}|${app.clientSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      object,
      callback_url: `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/hook`,
      verify_token: app.webhookVerifyToken,
      fields: fields.join(','),
    }),
  })
  if (!answer.ok) throw new Error(`The webhook was refused: ${await answer.text()}`)

  const read = (): WebhookEvent[] =>
    deliveries.flatMap(({ body, headers }) => {
      if (!webhook?.verify(app, body, headers)) throw new Error('A report was not signed as it should be')
      const events = webhook.read(body, app)
      if (!events.ok) throw new Error(events.error.reason)
      return events.value
    })
  const whenever = <T>(count: number, find: () => readonly T[]): Promise<readonly T[]> =>
    vi.waitFor(
      () => {
        const found = find()
        if (found.length < count) throw new Error(`${found.length} of ${count} have come`)
        return found
      },
      { timeout: 60_000, interval: 20 },
    )
  return {
    deliveries,
    events: (count) => whenever(count, read),
    incoming: (count) =>
      whenever(count, () => read().flatMap((event) => (inbox?.read?.(event, app) ?? []).filter(({ own }) => !own))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
