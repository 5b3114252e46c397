import { type Spoken, type Verbs, type World, accountByHandle } from '../core/network'
import { noFaults } from '../core/serve'
import type { Account } from '../core/state'
import { stranger } from '../core/strangers'
import { tellMessage } from './events'
import { sentView } from './files'
import { chatId, newWamid, write } from './messages'

const quiet = { faults: noFaults }

/** People here are their numbers: somebody's is made from their id. */
function caller(world: World, by: Spoken['by']): Account {
  const handle = /^\d{8,15}$/.test(by.handle) ? by.handle : `1555${by.id.slice(-7).padStart(7, '0')}`
  return accountByHandle(world, handle) ?? stranger(world, { id: `wa-${handle}`, handle, name: by.name })
}

/** There are messages alone, whatever moves somebody to write one. */
export const verbs: Verbs = { comment: 'nothing', mention: 'nothing', dm: 'nothing', reaction: 'message' }

/** What somebody does to a number: they write, or react to the last message they were sent. */
export function speak(world: World, { kind, account, by, text, file }: Spoken): { readonly id: string } | undefined {
  const who = caller(world, by)
  const id = newWamid(world)
  if (kind === 'reaction') {
    const last = world.posts.answersTo(chatId(account, who)).findLast((p) => p.accountId === account.id)
    if (!last) return undefined
    tellMessage(world, quiet, account, who, {
      id,
      type: 'reaction',
      reaction: { message_id: last.id, emoji: text || '👍' },
    })
    return { id }
  }
  write(world, quiet, { from: who, me: account, other: who, id, text })
  tellMessage(
    world,
    quiet,
    account,
    who,
    file ? { id, ...sentView(world, file, text) } : { id, type: 'text', text: { body: text } },
  )
  return { id }
}
