import { Said } from '@/components/ui/said'
import { Facts } from '@/components/ui/timeline'
import { PollAnswers } from '../poll-answers'
import { PostThumbs } from '../post-thumbs'
import type { PostContent as Content, PostPreview } from '@/lib/posts/schema'

type Props = {
  readonly workspace: string
  readonly content: Content
  /** Of all its files. */
  readonly media: PostPreview['media']
}

/** A post as it was written, for all accounts. */
export function PostContent({ workspace, content, media }: Props) {
  const { text, thread, link, linkTitle, firstComment, utm, alts, poll, mediaIds } = content
  const tags = Object.entries(utm ?? {}).flatMap(([name, value]) => (value ? [`utm_${name}=${value}`] : []))
  const facts = [
    ...(link ? [{ name: 'Link', value: linkTitle ? `${linkTitle}, ${link}` : link }] : []),
    ...(firstComment ? [{ name: 'First comment', value: <Said as="span">{firstComment}</Said> }] : []),
    ...(tags.length > 0 ? [{ name: 'Tags on links', value: tags.join(', ') }] : []),
  ]
  const filesOf = (ids: readonly string[]) => ids.flatMap((id) => media.find((file) => file.id === id) ?? [])
  return (
    <div className="flex max-w-[68ch] flex-col gap-4">
      {text ? <Said>{text}</Said> : <p className="text-text-3">No text yet</p>}
      {poll && <PollAnswers poll={poll} />}
      <PostThumbs workspace={workspace} files={filesOf(mediaIds)} alts={alts} />
      {thread.length > 0 && (
        <ol aria-label="Thread" className="flex flex-col gap-3 border-l pl-4">
          {thread.map((part, at) => (
            // Parts have no ids; their place is what tells them apart.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at} className="flex flex-col gap-2">
              <Said>{part.text}</Said>
              <PostThumbs workspace={workspace} files={filesOf(part.mediaIds)} alts={alts} />
            </li>
          ))}
        </ol>
      )}
      {facts.length > 0 && <Facts facts={facts} />}
    </div>
  )
}
