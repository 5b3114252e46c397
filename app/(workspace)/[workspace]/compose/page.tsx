import { PenLine } from 'lucide-react'
import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { ComposerPage } from '@/components/posts/composer/composer-page'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { paths } from '@/lib/core/paths'
import { accountsInNeed } from '@/lib/accounts'
import { listTargets } from '@/lib/posts'
import { listProjects } from '@/lib/workspace'
import { openPost, startOf } from './open-post'
import { whyNot } from './why-not'

export const metadata: Metadata = { title: 'Compose' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<{ post?: string | string[]; at?: string | string[] }>
}

export default async function ComposePage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const { slug, timeZone } = ctx.workspace
  const noWriting = whyNot(ctx.role, 'post.create', 'write posts')
  if (noWriting)
    return (
      <Page>
        <PageHeader title="New post" />
        <EmptyState
          icon={<PenLine />}
          title={noWriting}
          description="You can see every post and where it stands in the calendar."
          action={<LinkButton href={paths.calendar(slug)}>Open the calendar</LinkButton>}
        />
      </Page>
    )
  const { post: asked, at } = await searchParams
  const [opened, targets, inNeed, projects] = await Promise.all([
    typeof asked === 'string' ? openPost(ctx, asked) : undefined,
    listTargets(ctx, {}),
    accountsInNeed(ctx, {}),
    listProjects(ctx, {}),
  ])
  if (opened && !opened.ok)
    return (
      <Page>
        <PageHeader title="Edit post" />
        <EmptyState
          icon={<PenLine />}
          title={opened.error.message}
          action={
            opened.error.postId ? (
              <LinkButton href={paths.post(slug, opened.error.postId)}>Open its page</LinkButton>
            ) : (
              <LinkButton href={paths.compose(slug)}>Write a new post</LinkButton>
            )
          }
        />
      </Page>
    )
  return (
    <ComposerPage
      workspace={slug}
      timeZone={timeZone}
      accounts={granted(targets)}
      projects={granted(projects).map(({ id, name }) => ({ id, name }))}
      reasons={Object.fromEntries(granted(inNeed).flatMap(({ id, why }) => (why === null ? [] : [[id, why]])))}
      rights={{
        schedule: whyNot(ctx.role, 'post.schedule', 'schedule posts'),
        publish: whyNot(ctx.role, 'post.publish', 'publish posts'),
      }}
      post={opened?.value.post}
      media={opened?.value.media ?? []}
      startAt={startOf(at, timeZone)}
    />
  )
}
