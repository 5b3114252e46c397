'use client'

import { Users } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { deleteTeamAction } from '@/lib/routing/actions'
import type { TeamCard } from '@/lib/routing/schema'
import { DeleteButton } from './row-buttons'
import { TeamDialog } from './team-dialog'

type Props = {
  readonly slug: string
  readonly teams: readonly TeamCard[]
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly mayManage: boolean
}

export function TeamList({ slug, teams, members, mayManage }: Props) {
  if (teams.length === 0)
    return (
      <EmptyState
        icon={<Users />}
        title="No teams yet"
        description="A team shares work: rules give it conversations, by turns or to who has least to do."
        action={mayManage && <NewTeam slug={slug} members={members} />}
      />
    )
  return (
    <Table label="List of teams">
      <TableHead>
        <Column>Name</Column>
        <Column>Who is in it</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {teams.map((team) => (
          <Row key={team.id}>
            <Cell className="align-top font-medium">{team.name}</Cell>
            <Cell>
              <ul className="flex flex-col gap-1">
                {team.members.map((one) => (
                  <li key={one.memberId} className="flex flex-wrap items-center gap-2">
                    {one.name}
                    <Badge>{one.isAway ? 'away' : one.isOnline ? 'there now' : 'not there'}</Badge>
                    <span className="text-meta text-text-3">
                      holds up to {one.capacity}
                      {one.skills.length > 0 && ` · ${one.skills.join(', ')}`}
                    </span>
                  </li>
                ))}
                {team.members.length === 0 && <li className="text-text-3">Nobody yet</li>}
              </ul>
            </Cell>
            <Cell className="text-right align-top whitespace-nowrap">
              {mayManage && (
                <>
                  <TeamDialog
                    slug={slug}
                    team={team}
                    members={members}
                    trigger={
                      <Button size="small" variant="ghost" aria-label={`Change ${team.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <DeleteButton
                    name={team.name}
                    what="team"
                    lost="Its conversations stay with the people who hold them."
                    run={() => deleteTeamAction(slug, { id: team.id })}
                  />
                </>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

export const NewTeam = ({ slug, members }: Pick<Props, 'slug' | 'members'>) => (
  <TeamDialog slug={slug} members={members} trigger={<Button variant="primary">New team</Button>} />
)
