import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { InviteForm } from '@/components/workspace/invite-form'
import { InvitationTable } from '@/components/workspace/invitation-table'
import { MemberTable } from '@/components/workspace/member-table'
import { NextPage } from '@/components/workspace/next-page'
import { Section } from '@/components/ui/page'
import { listInvitations, listMembers, may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Members' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function MembersPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const { after } = await searchParams
  const [members, invitations] = await Promise.all([
    listMembers(ctx, typeof after === 'string' ? { after } : {}),
    listInvitations(ctx, {}),
  ])
  const { rows, next } = granted(members)
  const { slug, timeZone } = ctx.workspace
  const mayInvite = may(ctx.role, 'team.invite')
  return (
    <>
      {mayInvite && (
        <Section title="Invite someone" description="They get a link that works for seven days.">
          <InviteForm slug={slug} role={ctx.role} />
        </Section>
      )}
      <Section title="Members">
        <MemberTable slug={slug} timeZone={timeZone} members={rows} mayManage={may(ctx.role, 'team.manage')} />
        <NextPage name="after" next={next} />
      </Section>
      <Section title="Invitations" description="Those that wait for an answer, or ran out.">
        <InvitationTable slug={slug} timeZone={timeZone} invitations={granted(invitations)} mayInvite={mayInvite} />
      </Section>
    </>
  )
}
