import { FileUp } from 'lucide-react'
import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { MessageImport } from '@/components/inbox/import/message-import'
import { EmptyState } from '@/components/ui/empty-state'
import { Section } from '@/components/ui/page'
import { TextLink } from '@/components/workspace/text-link'
import { everyAccount } from '@/lib/accounts'
import { paths } from '@/lib/core/paths'
import { may } from '@/lib/workspace'
import { whomToAsk } from '@/lib/workspace/schema'

export const metadata: Metadata = { title: 'Import conversations' }

export default async function ImportPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const { slug, timeZone } = ctx.workspace
  if (!may(ctx.role, 'inbox.import'))
    return (
      <EmptyState
        icon={<FileUp />}
        title={`Your role, ${ctx.role}, may not import conversations`}
        description={whomToAsk('inbox.import')}
      />
    )
  const accounts = granted(await everyAccount(ctx, {}))
  return (
    <Section
      title="Import conversations"
      description="What was said elsewhere before, from a table (CSV) or a list (JSON). You see what would become of each message before anything is written. What is older than 14 days, or than its account here, comes in as done."
    >
      {accounts.length > 0 ? (
        <MessageImport
          workspace={slug}
          timeZone={timeZone}
          accounts={accounts.map(({ id, platform, platformLabel, handle }) => ({
            id,
            platform,
            name: `${platformLabel} ${handle}`,
          }))}
        />
      ) : (
        <EmptyState
          icon={<FileUp />}
          title="No account to import for"
          description="Messages belong to an account: connect it first."
          action={<TextLink href={paths.accounts(slug)}>Accounts</TextLink>}
        />
      )}
    </Section>
  )
}
