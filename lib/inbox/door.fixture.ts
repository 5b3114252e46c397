import { createServer } from 'node:http'
import { vi } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { appConfig, platforms, type PlatformName } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { storeIncoming } from '@/lib/workspace/incoming'
import { hearMessages } from './hear/hear'

/** A door for the reports of a network that stores them as the product's own does. */
export async function openDoor(name: PlatformName, method: string) {
  const app = appConfig(name, method, process.env)
  const { webhook } = platforms[name]
  // Reports are stored one after the other; what is under way is waited for at the end.
  let stored: Promise<unknown> = Promise.resolve()
  const door = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const greeted = webhook?.handshake(app, new URL(request.url ?? '/', 'http://127.0.0.1').searchParams)
      if (request.method === 'GET') return response.end(greeted?.body)
      const read = webhook?.read(Buffer.concat(chunks), app, new URL(request.url ?? '/', 'http://127.0.0.1'))
      if (read?.ok) await (stored = stored.then(() => storeIncoming(name, read.value)))
      return response.end()
    })
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const at = door.address()
  return {
    url: `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/hook`,
    /** Hears what the door has taken in, once it has taken in `count` of a kind that fits. */
    async hear(system: Ctx, count: number, fits: (externalId: string) => boolean): Promise<void> {
      const rows = () => prisma.incomingEvent.findMany({ where: { platform: name }, orderBy: { receivedAt: 'asc' } })
      await vi.waitFor(
        async () => {
          if ((await rows()).filter(({ externalId }) => fits(externalId)).length < count)
            throw new Error('Not reported yet')
        },
        { timeout: 30_000, interval: 20 },
      )
      for (const { id, accountExternalId } of await rows())
        for (const account of await system.db.account.findMany({
          where: { platform: name, OR: [{ externalId: accountExternalId }, { grantedBy: accountExternalId }] },
        }))
          must(await hearMessages(system, { incomingId: id, accountId: account.id }))
    },
    async close(): Promise<void> {
      door.closeAllConnections()
      await new Promise<void>((resolve) => door.close(() => resolve()))
      await stored
    },
  }
}
