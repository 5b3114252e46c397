import type { Network, World } from '../core/network'
import type { Account } from '../core/state'
import { newId } from '../core/graph'

/** A system user's token: it never ends, and speaks for the numbers of its business. */
export const systemToken = 'EAAsandboxSystemUserNorthwind'
/** What Meta shows for trying things out: it ends after a day. */
export const dayToken = 'EAAsandboxTemporaryNorthwind'
const dayMs = 24 * 3_600_000
export const appId = 'posthorn-whatsapp'
const scopes = ['whatsapp_business_messaging', 'whatsapp_business_management']

const businessId = '102290129340398'
/** The business account of a number. There is one. */
export const businessOf = (_account: Account): string => businessId

function add(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  const account: Account = {
    id: q.id ?? newId(world, '10654035'),
    handle: q.handle,
    name: q.name,
    kind: 'page',
    bio: q.bio ?? '',
    password: '',
    managers: [],
    createdAt: world.now(),
  }
  world.state.accounts.push(account)
  return account
}

export const createAccount: Network['createAccount'] = add

export function seed(world: World): void {
  const { id } = add(world, {
    id: '106540352242922',
    handle: '15550783881',
    name: 'Northwind Coffee',
    bio: 'Small-batch coffee from the harbour.',
  })
  const token = { accountId: id, clientId: appId, kind: 'service', scopes } as const
  world.tokens.issue({ ...token, access: systemToken, expiresAt: Number.MAX_SAFE_INTEGER })
  world.tokens.issue({ ...token, access: dayToken, expiresAt: world.now() + dayMs })
}
