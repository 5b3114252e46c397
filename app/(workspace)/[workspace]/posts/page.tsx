import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { PostsList } from '@/components/posts/list/posts-list'
import { everyAccount } from '@/lib/accounts'
import { listProjects } from '@/lib/workspace'
import { may } from '@/lib/workspace/schema'

export const metadata: Metadata = { title: 'Posts' }

export default async function PostsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [accounts, projects] = await Promise.all([
    everyAccount(ctx, { includeDisconnected: true }),
    listProjects(ctx, {}),
  ])
  return (
    <PostsList
      workspace={ctx.workspace.slug}
      timeZone={ctx.workspace.timeZone}
      accounts={accounts.ok ? accounts.value : []}
      projects={projects.ok ? projects.value : []}
      rights={{
        write: may(ctx.role, 'post.create'),
        move: may(ctx.role, 'post.schedule'),
        publish: may(ctx.role, 'post.publish'),
        delete: may(ctx.role, 'post.delete'),
      }}
    />
  )
}
