import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { MacroList, NewMacro } from '@/components/routing/macro-list'
import { NewSavedReply, SavedReplyList } from '@/components/routing/saved-reply-list'
import { Section } from '@/components/ui/page'
import { listMacros, listSavedReplies } from '@/lib/routing'
import { may } from '@/lib/workspace'
import { choicesOf } from '../choices'

export const metadata: Metadata = { title: 'Saved replies and macros' }

export default async function RepliesPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const [replies, macros, choices] = await Promise.all([listSavedReplies(ctx, {}), listMacros(ctx, {}), choicesOf(ctx)])
  const { slug } = ctx.workspace
  const mayManage = may(ctx.role, 'inbox.manage')
  const [savedReplies, shown] = [granted(replies), granted(macros)]
  return (
    <>
      <Section
        title="Saved replies"
        description="Words for use again. Each can still be changed before it is sent."
        action={mayManage && savedReplies.length > 0 && <NewSavedReply slug={slug} />}
      >
        <SavedReplyList slug={slug} replies={savedReplies} mayManage={mayManage} />
      </Section>
      <Section
        title="Macros"
        description="Several changes to a conversation at one touch, or to many at once."
        action={mayManage && shown.length > 0 && <NewMacro slug={slug} choices={choices} />}
      >
        <MacroList slug={slug} macros={shown} choices={choices} mayManage={mayManage} />
      </Section>
    </>
  )
}
