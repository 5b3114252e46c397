import type { StatusLooks } from '@/components/ui/status-badge'
import type { AccountCard, AccountState } from '@/lib/accounts/schema'
import { CircleCheck, PlugZap, Unplug } from 'lucide-react'

/** How each state of an account is shown. */
export const accountLooks: StatusLooks<AccountState> = {
  healthy: { label: 'Healthy', icon: CircleCheck, tone: 'published' },
  needs_reconnect: { label: 'Needs reconnecting', icon: PlugZap, tone: 'failed' },
  disconnected: { label: 'Disconnected', icon: Unplug, tone: 'draft' },
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
