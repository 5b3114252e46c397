'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { read } from '@/components/shell/queries'
import { toast } from '@/components/ui/toast'
import { useAct } from '@/components/workspace/use-act'
import { checkAccountAction, disconnectAccountAction } from '@/lib/accounts/actions'
import type { AccountCard, ConnectionOffer } from '@/lib/accounts/schema'
import { paths } from '@/lib/core/paths'
import type { Page, PostCard } from '@/lib/posts/schema'
import { useQuery } from '@tanstack/react-query'
import { PlugZap, RefreshCw, Unplug } from 'lucide-react'
import { useState } from 'react'
import { ConnectionForm } from './connection-form'
import { useStartConnection } from './use-start-connection'

type Props = {
  readonly slug: string
  readonly account: AccountCard
  readonly offers: readonly ConnectionOffer[]
  readonly refusal?: string | undefined
}

/** Nothing has to be done to what is healthy, so nothing there calls for it. */
const quiet = ({ state }: AccountCard) => (state === 'healthy' ? 'ghost' : 'secondary')

/** What can be done with an account's connection. */
export function AccountActions({ slug, account, offers, refusal }: Props) {
  const act = useAct()
  const [checking, setChecking] = useState(false)
  const isGone = account.state === 'disconnected'

  async function check() {
    setChecking(true)
    await act(checkAccountAction(slug, { accountId: account.id }), `${account.handle} was checked`)
    setChecking(false)
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      {!isGone && (
        <Button
          size="small"
          variant={quiet(account)}
          icon={<RefreshCw aria-hidden />}
          busy={checking}
          disabledReason={refusal}
          onClick={() => void check()}
        >
          Check now
        </Button>
      )}
      <Reconnect slug={slug} account={account} offers={offers} refusal={refusal} />
      {!isGone && <Disconnect slug={slug} account={account} refusal={refusal} />}
    </div>
  )
}

/** Goes the way the account was connected by; posts that waited for it go on by themselves. */
function Reconnect({ slug, account, offers, refusal }: Props) {
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
  return (
    <>
      <Button
        size="small"
        variant={account.state === 'healthy' ? quiet(account) : 'primary'}
        icon={<PlugZap aria-hidden />}
        busy={isGoing(account)}
        disabledReason={refusal ?? missing ?? (offer ? undefined : 'This way to connect is not offered any more.')}
        onClick={() => (offer?.kind === 'form' ? setAsking(true) : void go())}
      >
        Reconnect
      </Button>
      {offer && (
        <Dialog open={asking} onOpenChange={setAsking} title={`Reconnect ${account.handle}`}>
          <ConnectionForm
            slug={slug}
            offer={offer}
            accountId={account.id}
            handle={account.handle.replace(/^@/, '')}
            onConnected={() => setAsking(false)}
          />
        </Dialog>
      )}
    </>
  )
}

const most = 100

function Disconnect({ slug, account, refusal }: Omit<Props, 'offers'>) {
  const [open, setOpen] = useState(false)
  const act = useAct()
  const query = new URLSearchParams({ account: account.id, state: 'scheduled', sort: 'due', take: String(most) })
  const scheduled = useQuery({
    queryKey: ['posts', slug, 'scheduled', account.id],
    queryFn: ({ signal }) => read<Page<PostCard>>(`${paths.posts(slug)}/read?${query}`, signal),
    enabled: open,
    staleTime: 0,
  })
  return (
    <>
      <Button
        size="small"
        variant={quiet(account)}
        icon={<Unplug aria-hidden />}
        disabledReason={refusal}
        onClick={() => setOpen(true)}
      >
        Disconnect
      </Button>
      <AlertDialog
        open={open}
        onOpenChange={setOpen}
        title={`Disconnect ${account.handle}?`}
        description={`${waiting(scheduled.data)} Its token is forgotten; what is published stays at ${account.platformLabel}.`}
        confirm="Disconnect"
        onConfirm={async () => {
          await act(disconnectAccountAction(slug, { accountId: account.id }), `${account.handle} was disconnected`)
        }}
      />
    </>
  )
}

function waiting(posts: Page<PostCard> | undefined): string {
  if (!posts) return 'Posts that are scheduled for it will ask you what to do when their time comes.'
  const { items, next } = posts
  if (items.length === 0) return 'No post is scheduled for it.'
  if (items.length === 1) return '1 scheduled post will ask you what to do when its time comes.'
  return `${next ? 'More than ' : ''}${items.length} scheduled posts will ask you what to do when their time comes.`
}
