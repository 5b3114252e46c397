import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { z } from 'zod'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { Metrics } from '@/components/posts/page/metrics'
import { ChooseAnotherTime } from '@/components/posts/page/move-post'
import { PostContent } from '@/components/posts/page/post-content'
import { PostNews } from '@/components/posts/page/post-news'
import { PostPageActions } from '@/components/posts/page/post-page-actions'
import { StillThere } from '@/components/posts/page/still-there'
import { VariantPanel } from '@/components/posts/page/variant-panel'
import { Versions } from '@/components/posts/page/versions'
import { postLooks } from '@/components/posts/post-looks'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { Page, Section } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { ZonedTime } from '@/components/ui/time'
import { NextPage } from '@/components/workspace/next-page'
import { listAccounts } from '@/lib/accounts'
import { paths } from '@/lib/core/paths'
import { platforms, type PlatformName } from '@/lib/platforms'
import { getPost, listVersions, postPreview, whyCannot } from '@/lib/posts'
import { mayNotChangeScheduled, PostContent as Content, type PostCard } from '@/lib/posts/schema'
import { may } from '@/lib/workspace'
import { Users } from 'lucide-react'

export const metadata: Metadata = { title: 'Post' }

type Props = {
  readonly params: Promise<{ workspace: string; post: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

const Said = z.object({ content: Content.pick({ text: true }) })

const inSeries: Readonly<Record<NonNullable<PostCard['series']>, string>> = {
  repeats: ', repeats',
  ended: ', of a series that has ended',
  past: ', was part of a series',
}

export default async function PostPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const { post: postId } = await params
  const { versions: cursor } = await searchParams
  const [found, preview, versions] = await Promise.all([
    getPost(ctx, { postId }),
    postPreview(ctx, { postId }),
    listVersions(ctx, { postId, take: 10, ...(typeof cursor === 'string' ? { cursor } : {}) }),
  ])
  const post = granted(found)
  const accounts = await listAccounts(ctx, { ids: post.accountIds, includeDisconnected: true, take: 200 })
  const { content, variants, authorName, createdAt, ...card } = post
  const history = granted(versions)
  const account = new Map(granted(accounts).items.map((one) => [one.id, one]))
  const { slug, timeZone } = ctx.workspace
  const rights = {
    write: may(ctx.role, 'post.create'),
    move: may(ctx.role, 'post.schedule'),
    publish: may(ctx.role, 'post.publish'),
    delete: may(ctx.role, 'post.delete'),
  }
  // The column is written from PlatformName and from nothing else.
  const platformOf = (name: string) => platforms[name as PlatformName]
  const published = variants.filter(({ state }) => state === 'published')
  const refusal = rights.publish ? undefined : 'Your role may not publish, so it may not answer either.'
  const noMove = rights.move ? undefined : 'Your role may not move posts.'
  const isKept = !rights.move && variants.some(({ state }) => state === 'scheduled')
  const whyNotChanged = isKept
    ? mayNotChangeScheduled
    : variants.map((variant) => whyCannot(variant, 'be changed')).find((why) => why !== undefined)

  return (
    <Page kind="detail">
      <PageHeader
        crumbs={
          <Link href={paths.posts(slug)} className="rounded-control hover:text-text">
            Posts
          </Link>
        }
        title={titleOf(card.excerpt)}
        beside={<StatusBadge state={card.state} looks={postLooks} />}
        description={
          <>
            By {authorName}, written <ZonedTime at={createdAt} zone={timeZone} />
            {card.publishAt && (
              <>
                , {published.length > 0 ? 'was due' : 'due'} <ZonedTime at={card.publishAt} zone={timeZone} />
              </>
            )}
            {card.series && inSeries[card.series]}
          </>
        }
        secondary={
          <PostPageActions
            workspace={slug}
            timeZone={timeZone}
            card={card}
            rights={rights}
            publishedAt={published.map(({ platform }) => {
              const { label, remove } = platformOf(platform)
              return { network: label, deletes: remove !== undefined }
            })}
          />
        }
      />
      {card.state === 'partly_published' && (
        <Callout tone="failed" title="Partly published">
          {published.length} of {variants.length} accounts have it. What became of it at the others stands below.
        </Callout>
      )}
      <Section title="As written">
        <PostContent workspace={slug} content={content} media={preview.ok ? preview.value.media : []} />
      </Section>
      <Section title="Accounts">
        {variants.length === 0 && (
          <EmptyState icon={<Users />} title="No account is chosen yet" description="Edit the post to choose some." />
        )}
        {variants.length > 0 && variants.every(({ steps }) => steps.length === 0) && (
          <p className="text-table text-text-3">
            Nothing was tried yet: the ledger of each account begins when the post is sent.
          </p>
        )}
        {variants.map((variant) => {
          const { label, metricsOffered, remove } = platformOf(variant.platform)
          const at = account.get(variant.accountId)
          return (
            <VariantPanel
              key={variant.id}
              workspace={slug}
              timeZone={timeZone}
              variant={variant}
              network={label}
              profileUrl={at?.profileUrl}
              refusal={refusal}
              stillThere={
                <StillThere
                  workspace={slug}
                  postId={card.id}
                  variantId={variant.id}
                  network={label}
                  deletes={remove !== undefined}
                  refusal={rights.delete ? undefined : 'Only owners and admins may delete posts.'}
                />
              }
              choices={<ChooseAnotherTime workspace={slug} timeZone={timeZone} card={card} refusal={noMove} />}
              apart={
                variants.length > 1 &&
                variant.state === 'scheduled' &&
                variant.publishAt &&
                !whyCannot(variant, 'move') && (
                  <ChooseAnotherTime
                    workspace={slug}
                    timeZone={timeZone}
                    card={card}
                    account={{ accountId: variant.accountId, handle: variant.handle, publishAt: variant.publishAt }}
                    refusal={noMove}
                  />
                )
              }
            >
              {variant.publishedAt && (
                <Metrics
                  samples={variant.metrics}
                  network={label}
                  timeZone={timeZone}
                  publishedAt={variant.publishedAt}
                  // Where nothing can be read, there are no figures either.
                  offered={at?.settledBy === 'person' ? [] : metricsOffered}
                />
              )}
            </VariantPanel>
          )
        })}
      </Section>
      <Section title="Versions">
        <Versions
          workspace={slug}
          postId={card.id}
          timeZone={timeZone}
          revision={card.revision}
          versions={history.items.map(({ snapshot, ...version }) => ({
            ...version,
            text: Said.safeParse(snapshot).data?.content.text ?? '',
          }))}
          refusal={rights.write ? whyNotChanged : 'Your role may not write posts.'}
        />
        <NextPage name="versions" next={history.next} />
      </Section>
      <PostNews cards={[card]} />
      <LiveRefresh on={['post.*']} about={card.id} />
    </Page>
  )
}

/** The first words, cut between two of them where they are many. */
function titleOf(excerpt: string): string {
  if (!excerpt) return 'No text yet'
  if (excerpt.length <= 60) return excerpt
  const cut = excerpt.slice(0, 60)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 30))}…`
}
