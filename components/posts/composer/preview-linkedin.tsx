'use client'

import { Globe, MessageSquareText, Repeat2, Send, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '@/components/ui/avatar'
import type { TargetAccount } from '@/lib/posts/schema'
import { PreviewCard } from './preview-card'
import { PreviewMedia } from './preview-media'
import type { Run, Shown } from './preview-parts'
import { PreviewPoll } from './preview-poll'
import { PreviewText } from './preview-text'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  readonly comment?: readonly Run[] | undefined
}

const actions = [
  [ThumbsUp, 'Like'],
  [MessageSquareText, 'Comment'],
  [Repeat2, 'Repost'],
  [Send, 'Send'],
] as const
/** LinkedIn folds what is longer than about three lines. Seen, not documented. */
const foldedAt = 210

/** As in LinkedIn's feed: folded after three lines, media to the edges. */
export function PreviewLinkedIn({ account: { displayName, handle, avatarUrl, kind }, posts, comment }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [post] = posts
  if (!post) return null
  const length = post.runs.reduce((sum, { text }) => sum + text.length, 0)
  const lines = post.runs.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)
  const isLong = length > foldedAt || lines > 3
  return (
    <div className="overflow-hidden rounded-card border bg-[oklch(100%_0_0)] text-body dark:bg-[#1b1f23]">
      <div className="flex items-center gap-2 px-3 pt-3">
        <Avatar name={displayName} src={avatarUrl} decorative square={kind === 'page'} className="[&>span]:size-12" />
        <div className="flex min-w-0 flex-col leading-tight">
          <span className="truncate font-semibold">{displayName}</span>
          {kind === 'page' && <span className="truncate text-meta text-text-3">{handle}</span>}
          <span className="flex items-center gap-1 text-meta text-text-3">
            Now · <Globe aria-hidden className="size-3" />
          </span>
        </div>
      </div>
      <div className="px-3 py-2">
        <PreviewText
          runs={post.runs}
          className={isLong && !isOpen ? 'line-clamp-3' : ''}
          linkClassName="font-semibold text-[#0a66c2] dark:text-[#71b7fb]"
        />
        {isLong && (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="min-h-6 rounded-control text-text-3 hover:underline"
          >
            {isOpen ? 'Show less' : '…more'}
          </button>
        )}
      </div>
      <PreviewPoll poll={post.poll} className="px-3 pb-2" />
      <PreviewMedia media={post.media} />
      {post.link && <PreviewCard link={post.link} layout="below" className="border-y bg-sunken" />}
      <div aria-hidden className="flex justify-between px-4 py-2 text-meta font-medium text-text-3">
        {actions.map(([Icon, label]) => (
          <span key={label} className="flex items-center gap-1">
            <Icon className="size-4" />
            {label}
          </span>
        ))}
      </div>
      {comment && (
        <div className="flex gap-2 px-3 pb-3">
          <Avatar name={displayName} src={avatarUrl} decorative square={kind === 'page'} />
          <div className="min-w-0 flex-1 rounded-card bg-sunken px-3 py-2">
            <p className="text-meta font-semibold">{displayName}</p>
            <PreviewText runs={comment} className="text-table" linkClassName="text-[#0a66c2] dark:text-[#71b7fb]" />
          </div>
        </div>
      )}
    </div>
  )
}
