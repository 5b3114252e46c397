'use client'

import type { ComponentType } from 'react'
import { networkLooks, type Look } from '@/lib/platforms/names'
import { chosenFormat, tagLinks, type TargetAccount } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { everyone, optionsOf, wordsIn } from './draft'
import { runsOf, shownOf, type Shown } from './preview-parts'
import { PreviewBluesky } from './preview-bluesky'
import { PreviewFacebook } from './preview-facebook'
import { PreviewForum } from './preview-forum'
import { PreviewLinkedIn } from './preview-linkedin'
import { PreviewMessage } from './preview-message'
import { PreviewMicro } from './preview-micro'
import { PreviewPicture, PreviewPin } from './preview-picture'
import { PreviewTall, PreviewWide } from './preview-video'
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
  const options = optionsOf(draft, account.id)
  const posts = shownOf(words, account, media, options)
  const label = `${account.label} ${account.handle}`
  const said = account.firstComment ? words.firstComment?.trim() : undefined
  const comment = said ? runsOf(tagLinks(said, words.utm), account.platform) : undefined
  const Look = isTall(chosenFormat(account, options), posts) ? PreviewTall : looks[networkLooks[account.platform]]
  const isEmpty = posts.every(
    ({ runs, media, link, title, poll }) => runs.length === 0 && media.length === 0 && !link && !title && !poll,
  )
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

/** Networks look like others of their family; each names its own. */
const looks: Readonly<Record<Look, ComponentType<LookProps>>> = {
  x: PreviewX,
  linkedin: PreviewLinkedIn,
  bluesky: PreviewBluesky,
  facebook: PreviewFacebook,
  micro: PreviewMicro,
  picture: PreviewPicture,
  pin: PreviewPin,
  tall: PreviewTall,
  wide: PreviewWide,
  forum: PreviewForum,
  message: PreviewMessage,
}

/** What fills a phone's screen wherever it is posted. */
const tall: readonly string[] = ['reel', 'reels', 'story', 'stories', 'short', 'shorts']

const isTall = (format: string | undefined, posts: readonly Shown[]): boolean =>
  format !== undefined && tall.includes(format) && posts.some(({ media }) => media.length > 0)
