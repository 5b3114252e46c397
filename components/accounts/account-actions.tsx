'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { read } from '@/components/shell/queries'
import { toast } from '@/components/ui/toast'
import { useAct } from '@/components/workspace/use-act'
import { disconnectAccountAction } from '@/lib/accounts/actions'
import type { AccountCard, ConnectionOffer } from '@/lib/accounts/schema'
import { paths } from '@/lib/core/paths'
import type { Page, PostCard } from '@/lib/posts/schema'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, PlugZap, RefreshCw, Unplug } from 'lucide-react'
import { useState } from 'react'
import { useCheck } from './checking'
import { ConnectionForm } from './connection-form'
import { useStartConnection } from './use-start-connection'

type Props = {
  readonly slug: string
  readonly account: AccountCard
  readonly offers: readonly ConnectionOffer[]
  readonly refusal?: string | undefined
}

/**
 * What can be done with an account's connection, in a menu: nothing has to be done to what is healthy. What is not shows the
 * one thing that mends it beside it.
 */
export function AccountActions({ slug, account, offers, refusal }: Props) {
  const { check, isChecking } = useCheck(slug, account)
  const [disconnecting, setDisconnecting] = useState(false)
  const reconnect = useReconnect({ slug, account, offers, refusal })
  const isGone = account.state === 'disconnected'
  return (
    <div className="ml-auto flex flex-wrap items-center justify-end gap-2">
      {account.state !== 'healthy' && (
        <Button
          size="small"
          variant="primary"
          icon={<PlugZap aria-hidden />}
          busy={reconnect.isGoing}
          disabledReason={reconnect.whyNot}
          onClick={reconnect.begin}
        >
          Reconnect
        </Button>
      )}
      {!isGone && (
        <DropdownMenu trigger={<IconButton size="small" label={`Actions for ${account.handle}`} icon={<Ellipsis />} />}>
          <MenuItem
            icon={<RefreshCw aria-hidden />}
            disabledReason={refusal ?? (isChecking ? `${account.platformLabel} is being asked.` : undefined)}
            onSelect={check}
          >
            Check now
          </MenuItem>
          {account.state === 'healthy' && (
            <MenuItem icon={<PlugZap aria-hidden />} disabledReason={reconnect.whyNot} onSelect={reconnect.begin}>
              Reconnect
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem
            icon={<Unplug aria-hidden />}
            danger
            disabledReason={refusal}
            onSelect={() => setDisconnecting(true)}
          >
            Disconnect
          </MenuItem>
        </DropdownMenu>
      )}
      {reconnect.dialog}
      <Disconnect slug={slug} account={account} open={disconnecting} onOpen={setDisconnecting} />
    </div>
  )
}

/** Goes the way the account was connected by; posts that waited for it go on by themselves. */
function useReconnect({ slug, account, offers, refusal }: Props) {
  const [asking, setAsking] = useState(false)
  const { start, isGoing } = useStartConnection(slug)
  const offer = offers.find(
    ({ platform, isProvider, method }) => method === account.method && (isProvider || platform === account.platform),
  )
  const go = async () => {
    const refused = await start(account, { accountId: account.id })
    if (refused) toast.failed(refused.message)
  }
  const missing = offer?.missing.length ? `Set ${offer.missing.join(' and ')} first.` : undefined
  return {
    isGoing: isGoing(account),
    whyNot: refusal ?? missing ?? (offer ? undefined : 'This way to connect is not offered any more.'),
    begin: () => (offer?.kind === 'form' ? setAsking(true) : void go()),
    dialog: offer && (
      <Dialog open={asking} onOpenChange={setAsking} title={`Reconnect ${account.handle}`}>
        <ConnectionForm
          slug={slug}
          offer={offer}
          accountId={account.id}
          handle={account.handle.replace(/^@/, '')}
          onConnected={() => setAsking(false)}
        />
      </Dialog>
    ),
  }
}

const most = 100

type DisconnectProps = Pick<Props, 'slug' | 'account'> & {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

function Disconnect({ slug, account, open, onOpen }: DisconnectProps) {
  const act = useAct()
  const query = new URLSearchParams({ account: account.id, state: 'scheduled', sort: 'due', take: String(most) })
  const scheduled = useQuery({
    queryKey: ['posts', slug, 'scheduled', account.id],
    queryFn: ({ signal }) => read<Page<PostCard>>(`${paths.posts(slug)}/read?${query}`, signal),
    enabled: open,
    staleTime: 0,
  })
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpen}
      title={`Disconnect ${account.handle}?`}
      description={`${waiting(scheduled.data)} Its token is forgotten; what is published stays at ${account.platformLabel}.`}
      confirm="Disconnect"
      onConfirm={async () => {
        await act(disconnectAccountAction(slug, { accountId: account.id }), `${account.handle} was disconnected`)
      }}
    />
  )
}

function waiting(posts: Page<PostCard> | undefined): string {
  if (!posts) return 'Posts that are scheduled for it will ask you what to do when their time comes.'
  const { items, next } = posts
  if (items.length === 0) return 'No post is scheduled for it.'
  if (items.length === 1) return '1 scheduled post will ask you what to do when its time comes.'
  return `${next ? 'More than ' : ''}${items.length} scheduled posts will ask you what to do when their time comes.`
}
