import type { StatusLooks } from '@/components/ui/status-badge'
import type { AccountCard, AccountState } from '@/lib/accounts/schema'
import type { Unheard } from '@/lib/inbox/schema'
import { CircleCheck, PlugZap, TriangleAlert, Unplug } from 'lucide-react'

/** How an account is: well, by its connection and by what is done with it, or not. */
type Standing = AccountState | 'hindered'

/** How each standing of an account is shown. */
export const accountLooks: StatusLooks<Standing> = {
  healthy: { label: 'Healthy', icon: CircleCheck, tone: 'published' },
  hindered: { label: 'Not all works', icon: TriangleAlert, tone: 'review' },
  needs_reconnect: { label: 'Needs reconnecting', icon: PlugZap, tone: 'failed' },
  disconnected: { label: 'Disconnected', icon: Unplug, tone: 'draft' },
}

/** Nothing is healthy of which a part is paused, or not all that people write comes in. */
export const standingOf = ({ state, paused }: Pick<AccountCard, 'state' | 'paused'>, unheard?: Unheard): Standing =>
  state === 'healthy' && (paused.length > 0 || unheard) ? 'hindered' : state

/** What of an account does not come into the inbox. */
export const unheardWords: Readonly<Record<Unheard['what'], (posts: number) => string>> = {
  all: () => 'What people write here does not come in',
  some: () => 'Not all that people write here comes in',
  posts: (posts) =>
    `What people write under ${posts === 1 ? 'a post' : `${posts.toLocaleString('en')} posts`} of it does not come in`,
}

/** What a network itself calls what is not a person’s; nothing where it calls all of them accounts. */
export const pageWords: Readonly<Record<string, string>> = { facebook: 'page', linkedin: 'page', youtube: 'channel' }

/** What an account does not do while a part of it is paused. */
export const pausedWords: Readonly<Record<AccountCard['paused'][number]['lane'], string>> = {
  publishing: 'Publishing is paused',
  answering: 'Answering is paused',
  settling: 'Finding out what became of sendings in doubt is paused',
  reading: 'Reading what people say is paused',
}

/** What happens when a network does not say whether it has a post. `network` is its label. */
export const settledBy: Readonly<Record<AccountCard['settledBy'], (network: string) => string>> = {
  own_key: (network) =>
    `By the key we choose before sending: ${network} is asked for it, and sending again cannot make a second post.`,
  read_back: (network) =>
    `By reading the account’s own posts at ${network} back, twice, before anything is sent again.`,
  echo: (network) =>
    `By ${network}’s own report of it. It lets no program look, so when no report comes the post waits for you.`,
  person: (network) => `By you: ${network} lets no program look, so the post waits until you say what you found there.`,
}
