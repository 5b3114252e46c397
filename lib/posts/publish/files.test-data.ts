import { ask, must } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import { discard } from '@/lib/core/storage'
import { uploadMedia } from '@/lib/media'
import { streamOf } from '@/lib/media/desk.fixture'
import type { PostOverride } from '../schema'
import { publishVariant } from './publish'
import { reconcileVariant } from './reconcile'
import type { startSending } from './sending.test-data'

/** Posts with files, sent step by step. */
export function withFilesOf({ owner, system, world }: Awaited<ReturnType<typeof startSending>>) {
  const file = async (bytes: Uint8Array, name: string): Promise<string> =>
    must(await uploadMedia(owner, { name, alt: 'A teal square', body: streamOf(bytes, 1024 * 1024) })).id

  /** A post with files for one account, due now. */
  async function due(
    accountId: string,
    platform: string,
    text: string,
    mediaIds: readonly string[],
    override?: PostOverride,
  ) {
    const [postId, variantId] = [newId(), newId()]
    const shared = { workspaceId: owner.workspaceId, publishAt: new Date(), state: 'scheduled' as const }
    const content = { text, mediaIds: [...mediaIds] }
    await owner.db.post.create({
      data: { ...shared, id: postId, authorId: owner.actor.id, content, excerpt: text, platforms: [platform] },
    })
    await owner.db.variant.create({
      data: { ...shared, id: variantId, postId, accountId, platform, ...(override ? { override } : {}) },
    })
    return { postId, variantId }
  }

  /** The store loses a file. */
  const lose = async (mediaId: string): Promise<void> =>
    discard((await owner.db.media.findUniqueOrThrow({ where: { id: mediaId } })).storageKey)

  /** Lets a minute pass at the network, and here whatever the variant waits for. */
  async function pass(variantId: string): Promise<void> {
    await ask(world.sandbox, '/clock', { advanceMs: 60_000 })
    await owner.db.variant.updateMany({ where: { id: variantId }, data: { notBefore: null } })
    // Five faults in a row pause an account: that pause passes, too.
    await owner.db.circuit.updateMany({ where: { openUntil: { gt: new Date() } }, data: { openUntil: new Date() } })
  }

  /** Lets time pass at the network and here until the variant has come to an end. */
  async function goOn(variantId: string): Promise<string> {
    for (let rounds = 0; rounds < 40; rounds++) {
      must(await publishVariant(system, { variantId }))
      must(await reconcileVariant(system, { variantId }))
      const { state } = await owner.db.variant.findUniqueOrThrow({ where: { id: variantId } })
      if (['published', 'refused', 'needs_person'].includes(state)) return state
      await pass(variantId)
    }
    return 'endless'
  }

  return { file, due, lose, pass, goOn }
}

/** The smallest bytes that are recognised as an MP4, and noise behind them. */
export const filmBytes = (sizeBytes: number, noise: string): Uint8Array =>
  Buffer.concat([
    Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'),
    Buffer.alloc(sizeBytes, noise),
  ])
