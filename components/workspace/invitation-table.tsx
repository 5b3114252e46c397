'use client'

import { MailPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { when } from '@/lib/core/format'
import { resendInvitationAction, revokeInvitationAction } from '@/lib/workspace/actions'
import type { InvitationRow } from '@/lib/workspace/schema'
import { toast } from '@/components/ui/toast'
import { answerOf } from './answer-of'
import { InvitationLink, type UnsentInvitation } from './invitation-link'
import { roleLabel } from './role-options'
import { useAct } from './use-act'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly invitations: readonly InvitationRow[]
  readonly mayInvite: boolean
}

/** On a phone everything of an invitation stands in one cell. */
export function InvitationTable({ slug, timeZone, invitations, mayInvite }: Props) {
  const act = useAct()
  const router = useRouter()
  const [unsent, setUnsent] = useState<UnsentInvitation>()
  async function sendAgain(invitationId: string, email: string) {
    const sent = await answerOf(resendInvitationAction(slug, { invitationId }))
    if (!sent.ok) return toast.failed(sent.error.message)
    const { link } = sent.value
    if (link) setUnsent({ email, link })
    else toast.done(`Sent to ${email} again; the older link no longer works`)
    router.refresh()
  }
  const buttons = ({ id, email, handedOver }: InvitationRow) => {
    const again = handedOver ? 'New link' : 'Send again'
    return (
      <>
        <Button
          size="small"
          variant="ghost"
          aria-label={`${again}: the invitation of ${email}`}
          onClick={() => void sendAgain(id, email)}
        >
          {again}
        </Button>
        <Button
          size="small"
          variant="ghost"
          aria-label={`Revoke: the invitation of ${email}`}
          onClick={() =>
            void act(revokeInvitationAction(slug, { invitationId: id }), `The invitation of ${email} no longer works`)
          }
        >
          Revoke
        </Button>
      </>
    )
  }
  if (invitations.length === 0) return <EmptyState icon={<MailPlus />} title="No open invitations" className="py-6" />
  return (
    <>
      <InvitationLink invitation={unsent} onClose={() => setUnsent(undefined)} />
      <Table label="List of invitations">
        <TableHead>
          <Column>Email</Column>
          <Column className="hidden sm:table-cell">Role</Column>
          <Column className="hidden md:table-cell">Invited by</Column>
          <Column className="hidden md:table-cell">Works until</Column>
          {mayInvite && (
            <Column className="hidden sm:table-cell">
              <span className="sr-only">Actions</span>
            </Column>
          )}
        </TableHead>
        <TableBody>
          {invitations.map((row) => (
            <Row key={row.id}>
              <Cell className="wrap-anywhere">
                {row.email}
                <span className="flex flex-wrap items-center gap-x-1 text-text-2 sm:hidden">
                  {roleLabel(row.role)}
                  {row.expired && <Badge tone="review">Ran out</Badge>}
                  {mayInvite && buttons(row)}
                </span>
              </Cell>
              <Cell className="hidden sm:table-cell">{roleLabel(row.role)}</Cell>
              <Cell className="hidden md:table-cell">{row.invitedBy}</Cell>
              <Cell className="hidden whitespace-nowrap tabular-nums md:table-cell">
                {row.expired ? <Badge tone="review">Ran out</Badge> : when(row.expiresAt, timeZone)}
              </Cell>
              {mayInvite && <Cell className="hidden text-right whitespace-nowrap sm:table-cell">{buttons(row)}</Cell>}
            </Row>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
