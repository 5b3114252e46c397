import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { Section } from '@/components/ui/page'
import { ApiKeyDialog } from '@/components/workspace/api-key-dialog'
import { ApiKeyTable } from '@/components/workspace/api-key-table'
import { listApiKeys } from '@/lib/workspace'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const keys = granted(await listApiKeys(ctx, {}))
  const { slug, timeZone } = ctx.workspace
  return (
    <Section
      title="API keys"
      description="For programs of your own. A key can do what you choose for it, and never more than the person who made it."
      action={<ApiKeyDialog slug={slug} role={ctx.role} />}
    >
      <ApiKeyTable slug={slug} timeZone={timeZone} keys={keys} />
    </Section>
  )
}
