'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { when } from '@/lib/core/format'
import { endOtherSessionsAction, endSessionAction } from '@/lib/workspace/actions'
import type { SessionRow } from '@/lib/workspace/schema'
import { useAct } from './use-act'

type Props = { readonly slug: string; readonly timeZone: string; readonly sessions: readonly SessionRow[] }

export function SessionTable({ slug, timeZone, sessions }: Props) {
  const act = useAct()
  return (
    <Table label="List of your sessions">
      <TableHead>
        <Column>Browser</Column>
        <Column className="hidden md:table-cell">Address</Column>
        <Column>Last seen</Column>
        <Column className="hidden md:table-cell">Signed in</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {sessions.map(({ id, device, ip, createdAt, lastSeenAt, isThis }) => (
          <Row key={id}>
            <Cell className="font-medium">{device}</Cell>
            <Cell className="hidden font-mono text-meta md:table-cell">{ip}</Cell>
            <Cell className="tabular-nums">{when(lastSeenAt, timeZone)}</Cell>
            <Cell className="hidden tabular-nums md:table-cell">{when(createdAt, timeZone)}</Cell>
            <Cell className="text-right">
              {isThis ? (
                <Badge>this one</Badge>
              ) : (
                <Button
                  size="small"
                  variant="ghost"
                  aria-label={`End the session of ${device}`}
                  onClick={() => void act(endSessionAction(slug, { sessionId: id }), `${device} is signed out`)}
                >
                  End
                </Button>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

export function EndOtherSessions({ slug, others }: { readonly slug: string; readonly others: number }) {
  const act = useAct()
  return (
    <Button onClick={() => void act(endOtherSessionsAction(slug, {}), 'All other sessions were ended')}>
      End {others === 1 ? 'the other session' : `all ${others} others`}
    </Button>
  )
}
