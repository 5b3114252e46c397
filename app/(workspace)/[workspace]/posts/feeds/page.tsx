import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { FeedForm } from '@/components/posts/feeds/feed-form'
import { FeedList } from '@/components/posts/feeds/feed-list'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { Page, Section } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { paths } from '@/lib/core/paths'
import { listFeeds, listTargets } from '@/lib/posts'
import { may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Feeds' }

export default async function FeedsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const { slug, timeZone } = ctx.workspace
  const mayManage = may(ctx.role, 'feed.manage')
  const [feeds, targets] = await Promise.all([listFeeds(ctx, {}), listTargets(ctx, {})])
  const accounts = granted(targets).map(({ id, label, handle }) => ({ id, name: `${label} ${handle}` }))
  return (
    <Page kind="detail">
      <PageHeader
        crumbs={
          <Link href={paths.posts(slug)} className="rounded-control hover:text-text">
            Posts
          </Link>
        }
        title="Feeds"
        description="News of a site (RSS, Atom or JSON Feed) becomes drafts. Nothing goes out before somebody has read it."
      />
      <FeedList slug={slug} timeZone={timeZone} feeds={granted(feeds)} accounts={accounts} mayManage={mayManage} />
      {mayManage && (
        <Section title="Follow a feed">
          <FeedForm slug={slug} accounts={accounts} />
        </Section>
      )}
      <LiveRefresh on={['feed.*']} />
    </Page>
  )
}
