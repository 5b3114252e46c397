'use client'

import { useLive } from '@/components/shell/live'
import { read } from '@/components/shell/queries'
import { cn } from '@/components/ui/cn'
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { RelativeTime } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { paths } from '@/lib/core/paths'
import { readNotificationsAction } from '@/lib/notifications/actions'
import { kindLabels, type NotificationCard, type Notifications } from '@/lib/notifications/schema'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Bell as BellIcon, CheckCheck, Settings2 } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useEffectEvent } from 'react'

type Props = { readonly workspace: string; readonly timeZone: string }

const pages = {
  webhook: (workspace: string, id: string) => ({ read: { webhookIds: [id] }, path: paths.webhook(workspace, id) }),
  post: (workspace: string, id: string) => ({ read: { postIds: [id] }, path: paths.post(workspace, id) }),
  account: (workspace: string, id: string) => ({ read: { accountIds: [id] }, path: paths.account(workspace, id) }),
} as const

const said = ({ name, kind }: NotificationCard) => `${name} ${kindLabels[kind]}`

/** What one was told: how much is unread, the latest of it, and each as it arrives. */
export function Bell({ workspace, timeZone }: Props) {
  const router = useRouter()
  const client = useQueryClient()
  const key = ['notifications', workspace] as const
  const told = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<Notifications>(paths.notifications(workspace), signal),
  })
  const unread = told.data?.unread ?? 0
  const items = told.data?.items ?? []

  async function markRead(of: Parameters<typeof readNotificationsAction>[1] = {}) {
    const done = await answerOf(readNotificationsAction(workspace, of))
    if (!done.ok) toast.failed(done.error.message)
    await told.refetch()
  }

  function open({ about: { type, id }, isRead }: NotificationCard) {
    if (type === 'conversation') return router.push(paths.inbox(workspace, { view: 'all', open: id }))
    const page = pages[type](workspace, id)
    if (!isRead) void markRead(page.read)
    return router.push(page.path)
  }

  useLive(['notification.arrived'], async (_, missed) => {
    const before = new Set(client.getQueryData<Notifications>(key)?.items.map(({ id }) => id))
    const now = await told.refetch()
    const fresh = now.data?.items.find(({ id, isRead }) => !isRead && !before.has(id))
    if (fresh && !missed) toast.done(said(fresh), { label: 'Open', run: () => open(fresh) })
  })

  // What one reads one need not be told of any more, whichever way one came to it.
  const reading = useSearchParams().get('open')
  const unseen = items.find(({ about, isRead }) => !isRead && about.id === reading)?.about.id
  const seen = useEffectEvent((conversationId: string) => void markRead({ conversationIds: [conversationId] }))
  useEffect(() => {
    if (unseen) seen(unseen)
  }, [unseen])

  return (
    <DropdownMenu
      className="w-80 max-w-[calc(100vw-1rem)]"
      trigger={
        <IconButton
          label={unread > 0 ? `Notifications, ${unread >= 100 ? '100 or more' : unread} unread` : 'Notifications'}
          icon={
            <span className="relative">
              <BellIcon aria-hidden />
              {unread > 0 && (
                <span
                  aria-hidden
                  className="absolute -top-2 -right-2.5 min-w-4 rounded-full bg-accent px-1 text-center text-[10px] leading-4 font-semibold tabular-nums text-on-accent"
                >
                  {unread >= 100 ? '99+' : unread}
                </span>
              )}
            </span>
          }
        />
      }
    >
      {told.error && !told.data && <MenuLabel>{told.error.message}</MenuLabel>}
      {told.data && items.length === 0 && (
        <MenuLabel>Nothing yet. You are told here when something needs you.</MenuLabel>
      )}
      {items.map((item) => (
        <MenuItem key={item.id} onSelect={() => open(item)}>
          <span className={cn('text-pretty', item.isRead ? 'text-text-2' : 'font-medium')}>
            {!item.isRead && <span className="sr-only">Unread: </span>}
            {said(item)}
          </span>
          <span className="text-meta text-text-3">
            <RelativeTime at={item.at} zone={timeZone} />
            {item.by && ` · by ${item.by}`}
          </span>
        </MenuItem>
      ))}
      <MenuSeparator />
      {unread > 0 && (
        <MenuItem icon={<CheckCheck aria-hidden />} onSelect={() => void markRead()}>
          Mark all as read
        </MenuItem>
      )}
      <MenuItem icon={<Settings2 aria-hidden />} href={paths.notificationSettings(workspace)}>
        What you are told by mail
      </MenuItem>
    </DropdownMenu>
  )
}
