import { FileUp } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { PostImport } from '@/components/posts/import/post-import'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { paths } from '@/lib/core/paths'
import { listTargets } from '@/lib/posts'
import { listProjects, may } from '@/lib/workspace'
import { whomToAsk } from '@/lib/workspace/schema'

export const metadata: Metadata = { title: 'Import posts' }

export default async function ImportPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const { slug } = ctx.workspace
  const mayWrite = may(ctx.role, 'post.create')
  const [targets, projects] = await Promise.all([listTargets(ctx, {}), listProjects(ctx, {})])
  return (
    <Page kind="detail">
      <PageHeader
        crumbs={
          <Link href={paths.posts(slug)} className="rounded-control hover:text-text">
            Posts
          </Link>
        }
        title="Import posts"
        description="From a table (CSV) or a calendar (ICS). You see what would become of each before anything is written."
      />
      {mayWrite ? (
        <PostImport
          workspace={slug}
          accounts={granted(targets).map(({ id, label, handle }) => ({ id, name: `${label} ${handle}` }))}
          projects={granted(projects).map(({ id, name }) => ({ id, name }))}
        />
      ) : (
        <EmptyState
          icon={<FileUp />}
          title={`Your role, ${ctx.role}, may not write posts`}
          description={whomToAsk('post.create')}
        />
      )}
    </Page>
  )
}
