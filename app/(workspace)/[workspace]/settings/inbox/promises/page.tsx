import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { CalendarList, NewCalendar } from '@/components/routing/calendar-list'
import { NewPolicy, PolicyList } from '@/components/routing/policy-list'
import { Section } from '@/components/ui/page'
import { listPolicies } from '@/lib/routing'
import { may } from '@/lib/workspace'
import { choicesOf } from '../choices'

export const metadata: Metadata = { title: 'Promises and business hours' }

export default async function PromisesPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [policies, choices] = await Promise.all([listPolicies(ctx, {}), choicesOf(ctx)])
  const { slug, timeZone } = ctx.workspace
  const mayManage = may(ctx.role, 'inbox.manage')
  const shown = granted(policies)
  return (
    <>
      <Section
        title="Promises"
        description="How soon people are answered, and their matter done. What was said before a promise was made is not measured by it."
        action={mayManage && shown.length > 0 && <NewPolicy slug={slug} choices={choices} />}
      >
        <PolicyList slug={slug} policies={shown} choices={choices} mayManage={mayManage} />
      </Section>
      <Section
        title="Business hours"
        description="Minutes of a promise are counted in them, as the clock on the wall shows them."
        action={mayManage && choices.calendars.length > 0 && <NewCalendar slug={slug} timeZone={timeZone} />}
      >
        <CalendarList slug={slug} timeZone={timeZone} calendars={choices.calendars} mayManage={mayManage} />
      </Section>
    </>
  )
}
