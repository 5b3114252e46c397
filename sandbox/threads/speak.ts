import { newId } from '../core/graph'
import type { Spoken, World } from '../core/network'
import { noFaults } from '../core/serve'
import { stranger } from '../core/strangers'
import { postAs } from './publish'

/** What a reader does to a profile. Without a post of its own, an answer stands under the profile's latest. */
export function speak(world: World, { kind, account, by, text, on }: Spoken): { readonly id: string } | undefined {
  const post = on ?? world.posts.of(account.id).findLast((p) => p.kind === 'post' && p.deletedAt === undefined)
  const says = (words: string, under: string | undefined) =>
    postAs(
      world,
      { faults: noFaults },
      stranger(world, by),
      { text: words, ...(under ? { reply_to_id: under } : {}) },
      { id: newId(world, '18060000'), media: [] },
    )
  if (kind === 'comment' && post) return says(text, post.id)
  if (kind === 'mention') return says(text.includes('@') ? text : `@${account.handle} ${text}`, undefined)
  // Threads tells an app of nothing else.
  return undefined
}
