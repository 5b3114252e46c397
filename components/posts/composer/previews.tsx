'use client'

import type { ComponentType } from 'react'
import { networkLabels, type NetworkName } from '@/lib/platforms/text'
import { tagLinks, type TargetAccount } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { everyone, wordsIn } from './draft'
import { runsOf, shownOf, type Shown } from './preview-parts'
import { PreviewBluesky } from './preview-bluesky'
import { PreviewLinkedIn } from './preview-linkedin'
import { PreviewX } from './preview-x'

/** The post as readers will see it: on every chosen account, or on the one that is written for. */
export function Previews() {
  const { chosen, scope } = useDesk()
  const shown = scope === everyone ? chosen : chosen.filter(({ id }) => id === scope)
  if (shown.length === 0)
    return <p className="text-table text-text-2">What readers will see is shown here, network by network.</p>
  return (
    <div className="flex flex-col gap-5">
      {shown.map((account) => (
        <Preview key={account.id} account={account} />
      ))}
    </div>
  )
}

function Preview({ account }: { readonly account: TargetAccount }) {
  const { draft, media } = useDesk()
  const words = wordsIn(draft, account.id)
  const posts = shownOf(words, account, media)
  const label = `${networkLabels[account.platform]} ${account.handle}`
  const said = account.firstComment ? words.firstComment?.trim() : undefined
  const comment = said ? runsOf(tagLinks(said, words.utm), account.platform) : undefined
  const Look = looks[account.platform] ?? PreviewX
  const isEmpty = posts.every(({ runs, media, link }) => runs.length === 0 && media.length === 0 && !link)
  return (
    <section aria-label={`Preview on ${label}`} className="flex flex-col gap-1.5">
      <h3 className="text-meta font-medium text-text-3">{label}</h3>
      {isEmpty ? (
        <p className="rounded-card border border-dashed px-3 py-6 text-center text-table text-text-3">
          Nothing to show yet.
        </p>
      ) : (
        <Look account={account} posts={posts} comment={comment} />
      )}
    </section>
  )
}

type LookProps = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  readonly comment: Shown['runs'] | undefined
}

/** Networks without a look of their own get the plainest. */
const looks: Partial<Record<NetworkName, ComponentType<LookProps>>> = {
  x: PreviewX,
  linkedin: PreviewLinkedIn,
  bluesky: PreviewBluesky,
}
