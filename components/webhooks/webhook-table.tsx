import { Webhook } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { StatusBadge } from '@/components/ui/status-badge'
import { Cell, Column, Row, RowLink, Table, TableBody, TableHead } from '@/components/ui/table'
import { RelativeTime } from '@/components/ui/time'
import { paths } from '@/lib/core/paths'
import type { WebhookCard } from '@/lib/webhooks/schema'
import { deliveryLooks, eventLabel, webhookLooks } from './webhook-looks'

type Props = { readonly slug: string; readonly timeZone: string; readonly webhooks: readonly WebhookCard[] }

/** The programs that are told of events, each with how it does. */
export function WebhookTable({ slug, timeZone, webhooks }: Props) {
  if (webhooks.length === 0)
    return (
      <EmptyState
        icon={<Webhook />}
        title="No program is told of anything yet"
        description="Make a webhook when your CRM, your chat or a script of yours should know at once that a post went out or somebody wrote."
      />
    )
  return (
    <Table label="List of webhooks">
      <TableHead>
        <Column>Address</Column>
        <Column>State</Column>
        <Column className="hidden md:table-cell">Told when</Column>
        <Column>Last event</Column>
      </TableHead>
      <TableBody>
        {webhooks.map(({ id, url, description, state, eventTypes, last }) => (
          <Row key={id}>
            <Cell className="max-w-0 w-full sm:w-1/2">
              <span className="flex flex-col gap-0.5 py-1.5">
                <RowLink href={paths.webhook(slug, id)} className="truncate">
                  {description || new URL(url).host}
                </RowLink>
                <span className="truncate text-meta text-text-3">{url}</span>
              </span>
            </Cell>
            <Cell>
              <StatusBadge state={state} looks={webhookLooks} />
            </Cell>
            <Cell className="hidden max-w-60 text-meta text-text-2 md:table-cell">
              {eventLabel(eventTypes[0] ?? '')}
              {eventTypes.length > 1 && `, and ${eventTypes.length - 1} more`}
            </Cell>
            <Cell className="whitespace-nowrap">
              {last ? (
                <span className="flex flex-wrap items-center gap-2">
                  <StatusBadge state={last.state} looks={deliveryLooks} />
                  <RelativeTime
                    at={last.at}
                    zone={timeZone}
                    className="hidden text-meta text-text-3 tabular-nums sm:inline"
                  />
                </span>
              ) : (
                <span className="text-text-3">None yet</span>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
