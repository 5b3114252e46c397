'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { when } from '@/lib/core/format'
import { changeRoleAction, removeMemberAction } from '@/lib/workspace/actions'
import type { MemberRow } from '@/lib/workspace/schema'
import { roleLabel, roleOptions } from './role-options'
import { useAct } from './use-act'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly members: readonly MemberRow[]
  readonly mayManage: boolean
}

/** On a phone everything of a person stands in one cell. */
export function MemberTable({ slug, timeZone, members, mayManage }: Props) {
  return (
    <Table label="List of members">
      <TableHead>
        <Column>Name</Column>
        <Column className="hidden sm:table-cell">Role</Column>
        <Column className="hidden md:table-cell">Joined</Column>
        {mayManage && (
          <Column className="hidden sm:table-cell">
            <span className="sr-only">Actions</span>
          </Column>
        )}
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <Row key={member.id}>
            <Cell>
              <span className="flex items-center gap-2">
                <Avatar name={member.name} size="small" decorative />
                <span className="flex min-w-0 flex-col py-1">
                  <span className="flex flex-wrap items-center gap-x-2 font-medium">
                    {member.name} {member.isYou && <Badge>you</Badge>}
                  </span>
                  <span className="text-meta wrap-anywhere text-text-3">{member.email}</span>
                </span>
              </span>
              <span className="flex items-center gap-2 py-1 pl-8 sm:hidden">
                {mayManage ? (
                  <>
                    <RoleChoice slug={slug} member={member} />
                    <RemoveMember slug={slug} member={member} />
                  </>
                ) : (
                  <span className="text-text-2">{roleLabel(member.role)}</span>
                )}
              </span>
            </Cell>
            <Cell className="hidden sm:table-cell">
              {mayManage ? <RoleChoice slug={slug} member={member} /> : roleLabel(member.role)}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-text-2 tabular-nums md:table-cell">
              {when(member.joinedAt, timeZone, 'd MMM yyyy')}
            </Cell>
            {mayManage && (
              <Cell className="hidden text-right sm:table-cell">
                <RemoveMember slug={slug} member={member} />
              </Cell>
            )}
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

type One = { readonly slug: string; readonly member: MemberRow }

function RoleChoice({ slug, member }: One) {
  const act = useAct()
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      options={roleOptions('owner')}
      value={member.role}
      onChange={(role) =>
        void act(
          changeRoleAction(slug, { memberId: member.id, role }),
          `${member.name} is now ${roleLabel(role).toLowerCase()}`,
        )
      }
      className="w-28"
    />
  )
}

function RemoveMember({ slug, member }: One) {
  const act = useAct()
  return (
    <AlertDialog
      trigger={
        <Button size="small" variant="ghost" aria-label={`Remove ${member.name}`}>
          Remove
        </Button>
      }
      title={`Remove ${member.name} from the workspace?`}
      description="They lose access at once, and the API keys they made stop working. What they wrote stays."
      confirm="Remove member"
      onConfirm={async () => {
        await act(removeMemberAction(slug, { memberId: member.id }), `${member.name} was removed`)
      }}
    />
  )
}
