import { granted } from '@/app/(workspace)/granted'
import type { Choices } from '@/components/routing/choices'
import { everyAccount } from '@/lib/accounts'
import { listCalendars, listDispositions, listLabels, listSavedReplies, listTeams } from '@/lib/routing'
import { everyMember, may, type Ctx } from '@/lib/workspace'

/** All that rules, promises and macros of a workspace may name. */
export async function choicesOf(ctx: Ctx): Promise<Choices> {
  const [accounts, members, teams, labels, calendars, replies, dispositions] = await Promise.all([
    everyAccount(ctx, {}),
    everyMember(ctx, {}),
    listTeams(ctx, {}),
    listLabels(ctx, {}),
    listCalendars(ctx, {}),
    listSavedReplies(ctx, {}),
    listDispositions(ctx, {}),
  ])
  return {
    accounts: granted(accounts).map(({ id, platformLabel, handle }) => ({
      id,
      name: `${platformLabel} ${handle}`,
    })),
    networks: [...new Set(granted(accounts).map(({ platform }) => platform))],
    members: granted(members).map(({ id, name, role }) => ({ id, name, mayAnswer: may(role, 'inbox.draft') })),
    teams: granted(teams),
    labels: granted(labels),
    calendars: granted(calendars),
    replies: granted(replies),
    dispositions: granted(dispositions).names,
  }
}
