import { redirect } from 'next/navigation'
import { paths } from '@/lib/core/paths'
import { lastWorkspace } from '@/app/(workspace)/last-workspace'
import { whoIsIt, workspacesOf } from '@/lib/workspace/session'

/** Goes to the workspace one was in last, or to any of one's own. */
export default async function Home() {
  const person = await whoIsIt()
  if (!person) redirect(paths.signIn)
  const mine = await workspacesOf(person.userId)
  const last = await lastWorkspace()
  const chosen = mine.find(({ slug }) => slug === last) ?? mine[0]
  redirect(chosen ? paths.dashboard(chosen.slug) : paths.newWorkspace)
}
