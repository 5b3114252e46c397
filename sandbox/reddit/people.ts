import { counted } from '../core/growth'
import { noFaults } from '../core/serve'
import { type Spoken, type Verbs, type World, show } from '../core/network'
import type { Account, Post } from '../core/state'
import { answer, newName } from './submit'

/** A reader who is known from their first word on. Without a password they sign in nowhere. */
function reader(world: World, { id, handle, name }: Spoken['by']): Account {
  const known = world.state.accounts.find((account) => account.handle === handle)
  if (known) return known
  const account: Account = {
    id: `t2_${id.replace(/\W/g, '')}`,
    handle,
    name,
    kind: 'person',
    bio: '',
    password: '',
    managers: [],
    createdAt: world.now(),
  }
  world.state.accounts.push(account)
  return account
}

const quiet = { faults: noFaults }

/** Reddit has no reviews; who shares something says so below it. */
export const verbs: Verbs = { comment: 'nothing', mention: 'nothing', dm: 'nothing', share: 'nothing', like: 'post' }

export function speak(world: World, spoken: Spoken): { readonly id: string } | undefined {
  const by = reader(world, spoken.by)
  const { account, on, text } = spoken
  switch (spoken.kind) {
    case 'dm':
      return write(world, by, account, text)
    case 'mention':
      return mention(world, by, account, text, on)
    case 'comment':
    case 'share': {
      const under = on ?? world.posts.of(account.id).findLast(({ id }) => id.startsWith('t3_'))
      return under ? { id: answer(world, quiet, by, under, text).id } : mention(world, by, account, text, undefined)
    }
    case 'like':
      // A vote, which is in the score.
      return counted(spoken, by)
    case 'reaction':
    case 'review':
      return undefined
  }
}

function write(world: World, by: Account, to: Account, text: string): Post {
  return show(world, quiet, {
    id: newName(world, 't4'),
    account: by,
    kind: 'post',
    text,
    rich: [{ text }],
    record: { sr: '', title: 'Hello', kind: 'message', dest: to.handle },
  })
}

/** Under a post of somebody's, in words that name the account. */
function mention(world: World, by: Account, account: Account, text: string, on: Post | undefined): Post {
  const words = `u/${account.handle} ${text}`
  const under =
    on ??
    show(world, quiet, {
      id: newName(world, 't3'),
      account: by,
      kind: 'post',
      text: 'What do you all drink?',
      rich: [{ text: 'What do you all drink?' }],
      record: { sr: 'coffee', title: 'What do you all drink?', kind: 'self' },
    })
  return answer(world, quiet, by, under, words, 'username_mention')
}
