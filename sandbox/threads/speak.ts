import { newId } from '../core/graph'
import { counted } from '../core/growth'
import type { Spoken, Verbs, World } from '../core/network'
import { noFaults } from '../core/serve'
import { stranger } from '../core/strangers'
import { postAs } from './publish'

/** Threads tells an app of no messages, and has no reviews. */
export const verbs: Verbs = { comment: 'post', mention: 'nothing', like: 'post', share: 'post' }

/** What a reader does to a profile. */
export function speak(world: World, { kind, account, by, text, on }: Spoken): { readonly id: string } | undefined {
  const who = stranger(world, by)
  const says = (words: string, under: string | undefined) =>
    postAs(
      world,
      { faults: noFaults },
      who,
      { text: words, ...(under ? { reply_to_id: under } : {}) },
      { id: newId(world, '18060000'), media: [] },
    )
  if (kind === 'comment' && on) return says(text, on.id)
  if (kind === 'like' || kind === 'share') return counted({ kind, on }, who)
  return says(text.includes('@') ? text : `@${account.handle} ${text}`, undefined)
}
