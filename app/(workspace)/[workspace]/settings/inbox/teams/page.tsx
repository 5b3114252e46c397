import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { AwaySwitch } from '@/components/routing/away-switch'
import { NewTeam, TeamList } from '@/components/routing/team-list'
import { Section } from '@/components/ui/page'
import { amIAway, listTeams } from '@/lib/routing'
import { everyMember, may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Teams' }

export default async function TeamsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [teams, people, mine] = await Promise.all([listTeams(ctx, {}), everyMember(ctx, {}), amIAway(ctx, {})])
  const { slug } = ctx.workspace
  const mayManage = may(ctx.role, 'inbox.manage')
  const members = granted(people).map(({ id, name }) => ({ id, name }))
  const shown = granted(teams)
  return (
    <Section
      title="Teams"
      description="Who shares work. A rule gives a conversation to a team, and chooses who of it is next."
      action={mayManage && shown.length > 0 && <NewTeam slug={slug} members={members} />}
    >
      <AwaySwitch slug={slug} away={granted(mine).away} />
      <TeamList slug={slug} teams={shown} members={members} mayManage={mayManage} />
    </Section>
  )
}
