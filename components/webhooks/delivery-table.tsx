'use client'

import { Inbox } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { StatusBadge } from '@/components/ui/status-badge'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { RelativeTime, ZonedTime } from '@/components/ui/time'
import { useAct } from '@/components/workspace/use-act'
import { duration } from '@/lib/core/format'
import { redeliverAction } from '@/lib/webhooks/actions'
import type { DeliveryCard } from '@/lib/webhooks/schema'
import { deliveryLooks, eventLabel } from './webhook-looks'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly deliveries: readonly DeliveryCard[]
  /** Why nothing can be sent again now. */
  readonly refusal?: string | undefined
}

/** What a program was told and is to be told, the newest first. */
export function DeliveryTable({ slug, timeZone, deliveries, refusal }: Props) {
  if (deliveries.length === 0)
    return (
      <EmptyState
        icon={<Inbox />}
        title="Nothing was told yet"
        description="Each event that it asked for will be here, with what it answered. Send a test to see the first."
      />
    )
  return (
    <Table label="List of deliveries">
      <TableHead>
        <Column>Event</Column>
        <Column>State</Column>
        <Column numeric className="hidden md:table-cell">
          Tries
        </Column>
        <Column numeric className="hidden md:table-cell">
          Took
        </Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {deliveries.map((one) => (
          <Row key={one.id}>
            <Cell>
              <span className="flex flex-col gap-0.5 py-1.5">
                <span className="font-medium">{eventLabel(one.type)}</span>
                <span className="text-meta text-text-3">
                  <ZonedTime at={one.createdAt} zone={timeZone} pattern="d MMM, HH:mm:ss" zoneHidden />
                  {' · '}
                  <code className="font-mono">{one.type}</code>
                </span>
              </span>
            </Cell>
            <Cell>
              <span className="flex flex-col items-start gap-0.5 py-1.5">
                <StatusBadge state={one.state} looks={deliveryLooks} />
                <Outcome delivery={one} timeZone={timeZone} />
              </span>
            </Cell>
            <Cell numeric className="hidden md:table-cell">
              {one.attempts}
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap md:table-cell">
              {one.durationMs === null ? 'Not yet' : duration(one.durationMs)}
            </Cell>
            <Cell className="text-right">
              <SendAgain slug={slug} delivery={one} refusal={refusal} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function Outcome({ delivery, timeZone }: { readonly delivery: DeliveryCard; readonly timeZone: string }) {
  const { state, lastStatus, lastError, nextAttemptAt } = delivery
  const said = lastError ?? (lastStatus === null ? undefined : `It answered with ${lastStatus}.`)
  return (
    <span className="max-w-80 text-meta text-pretty text-text-3">
      {said}
      {state === 'waiting' && nextAttemptAt && lastError && (
        <>
          {' '}
          Next try <RelativeTime at={nextAttemptAt} zone={timeZone} />.
        </>
      )}
    </span>
  )
}

type AgainProps = Pick<Props, 'slug' | 'refusal'> & { readonly delivery: DeliveryCard }

function SendAgain({ slug, delivery: { id, type }, refusal }: AgainProps) {
  const act = useAct()
  return (
    <Button
      size="small"
      variant="ghost"
      aria-label={`Send again: ${eventLabel(type)}`}
      disabledReason={refusal}
      onClick={() => void act(redeliverAction(slug, { deliveryId: id }), 'It is sent again')}
    >
      Send again
    </Button>
  )
}
