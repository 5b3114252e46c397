'use client'

import { Rss } from 'lucide-react'
import { useState } from 'react'
import { AccountChoice, type Named } from '../account-choice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { AskBeforeClosing } from '@/components/ui/dialog-hold'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { RelativeTime } from '@/components/ui/time'
import { useAct } from '@/components/workspace/use-act'
import { removeFeedAction, updateFeedAction } from '@/lib/posts/actions'
import type { FeedCard } from '@/lib/posts/schema'
import { TemplateField } from './feed-form'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly feeds: readonly FeedCard[]
  readonly accounts: readonly Named[]
  readonly mayManage: boolean
}

/** The feeds that are followed, each with when it was asked and what went wrong. */
export function FeedList({ feeds, ...rest }: Props) {
  if (feeds.length === 0)
    return (
      <EmptyState
        icon={<Rss />}
        title="No feed is followed yet"
        description={
          rest.mayManage
            ? 'Follow your blog’s feed below: each new article becomes a draft.'
            : 'Managers can follow feeds, and each new article becomes a draft.'
        }
      />
    )
  return (
    <ul aria-label="Feeds" className="flex flex-col divide-y border-y">
      {feeds.map((feed) => (
        <FeedItem key={feed.id} feed={feed} {...rest} />
      ))}
    </ul>
  )
}

function FeedItem({ slug, timeZone, feed, accounts, mayManage }: Omit<Props, 'feeds'> & { readonly feed: FeedCard }) {
  const act = useAct()
  const names = accounts.filter(({ id }) => feed.accountIds.includes(id)).map(({ name }) => name)
  return (
    <li aria-label={feed.title} className="flex flex-col gap-2 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-60 flex-col">
          <span className="truncate font-medium">{feed.title}</span>
          <span className="truncate text-meta text-text-3">{feed.url}</span>
        </div>
        {mayManage && (
          <>
            <Field label="On" inline>
              <Switch
                checked={feed.isOn}
                onCheckedChange={(isOn) =>
                  void act(updateFeedAction(slug, { feedId: feed.id, isOn }), isOn ? 'It is asked again' : 'Paused')
                }
              />
            </Field>
            {feed.isOn && (
              <Button
                size="small"
                onClick={() => void act(updateFeedAction(slug, { feedId: feed.id, isOn: true }), 'It is asked now')}
              >
                Check now
              </Button>
            )}
            <EditFeed slug={slug} feed={feed} accounts={accounts} />
            <RemoveFeed slug={slug} feed={feed} />
          </>
        )}
      </div>
      <p className="text-meta text-text-2">
        {feed.drafts} {feed.drafts === 1 ? 'draft' : 'drafts'} so far
        {names.length > 0 && `, for ${names.join(', ')}`}
        {feed.checkedAt && (
          <>
            ; asked <RelativeTime at={feed.checkedAt} zone={timeZone} />
          </>
        )}
        {!feed.isOn && '; paused'}
      </p>
      {feed.lastError && (
        <Callout tone="failed">
          {feed.lastError} It is asked again <RelativeTime at={feed.nextCheckAt} zone={timeZone} />.
        </Callout>
      )}
    </li>
  )
}

type OneProps = { readonly slug: string; readonly feed: FeedCard }

function EditFeed({ slug, feed, accounts }: OneProps & Pick<Props, 'accounts'>) {
  const act = useAct()
  const [open, setOpen] = useState(false)
  const [template, setTemplate] = useState(feed.template)
  const [accountIds, setAccountIds] = useState<readonly string[]>(feed.accountIds)

  async function save() {
    const saved = await act(
      updateFeedAction(slug, { feedId: feed.id, template, accountIds: [...accountIds] }),
      'Feed changed',
    )
    if (saved.ok) setOpen(false)
  }

  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Change
      </Button>
      <Dialog
        open={open}
        onOpenChange={(on) => {
          setOpen(on)
          if (on) return
          setTemplate(feed.template)
          setAccountIds(feed.accountIds)
        }}
        title={`Change ${feed.title}`}
      >
        <AskBeforeClosing when={template !== feed.template || accountIds.join() !== feed.accountIds.join()} />
        <div className="flex flex-col gap-4">
          <TemplateField value={template} onChange={setTemplate} />
          <AccountChoice label="Drafts are for" accounts={accounts} chosen={accountIds} onChange={setAccountIds} />
          <Button variant="primary" className="self-end" onClick={() => void save()}>
            Save
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function RemoveFeed({ slug, feed }: OneProps) {
  const act = useAct()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Remove
      </Button>
      <AlertDialog
        open={open}
        onOpenChange={setOpen}
        title={`Follow ${feed.title} no more?`}
        description="Its drafts stay. Followed again, what it lists then becomes no draft."
        confirm="Remove"
        onConfirm={async () => {
          await act(removeFeedAction(slug, { feedId: feed.id }), 'Feed removed')
        }}
      />
    </>
  )
}
