import { inject } from 'vitest'
import { connectByForm } from '@/lib/accounts'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { prisma } from '@/lib/core/db'
import type { Result } from '@/lib/core/result'
import { createPost, getPost } from '@/lib/posts'
import type { PostContent, PostOverride, VariantDetail, VariantState } from '@/lib/posts/schema'
import type { Ctx } from '@/lib/workspace'
import { newWorkspace } from '@/lib/workspace/testing'
import type { z } from 'zod'
import { startRoad, type Road } from './flaky-road'
import { newPerson, type Person } from './person'

export type Desk = {
  readonly ctx: Ctx
  readonly road: Road
  readonly person: Person
  readonly accountId: string
  /** Has the product send a post now, with what was chosen for Bluesky. @returns its id */
  send(content: z.input<typeof PostContent>, options?: z.input<typeof PostOverride>['options']): Promise<string>
  /** @returns the id of the post's one variant. */
  variantOf(postId: string): Promise<string>
  /** Waits until the post's variant has come to this state, and gives its ledger. Fails after 100 s with what it is. */
  until(postId: string, state: VariantState): Promise<VariantDetail>
  close(): Promise<void>
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** A workspace with one account of the real network, connected by an app password over a road that can go wrong. */
export async function newDesk(): Promise<Desk> {
  const road = await startRoad(inject('pds'))
  // Workers started later inherit it.
  process.env.BLUESKY_API_URL = road.url
  const person = await newPerson('ada')
  const { owner: ctx } = await newWorkspace()
  const accountId = await connect(ctx, person.handle, await person.appPassword())
  const ledgerOf = async (postId: string) => must(await getPost(ctx, { postId })).variants[0]
  return {
    ctx,
    road,
    person,
    accountId,
    async send(content, options) {
      const targets = [{ accountId, ...(options ? { override: { options } } : {}) }]
      return must(await createPost(ctx, { content, targets, when: { kind: 'now' } })).postId
    },
    variantOf: async (postId) => (await ledgerOf(postId))?.id ?? '',
    async until(postId, state) {
      const deadline = Date.now() + 100_000
      for (;;) {
        const ledger = await ledgerOf(postId)
        if (ledger?.state === state) return ledger
        if (Date.now() > deadline) throw new Error(`Not ${state} after 100 s: ${JSON.stringify(ledger, null, 1)}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    async close() {
      await Promise.all([road.close(), closeQueues(), closeRealtime()])
      await prisma.$disconnect()
    },
  }
}

/** @returns the account's id */
export async function connect(ctx: Ctx, handle: string, password: string): Promise<string> {
  const [account] = must(
    await connectByForm(ctx, { platform: 'bluesky', method: 'password', values: { handle, password } }),
  ).accounts
  if (!account) throw new Error('No account was connected')
  return account.id
}
