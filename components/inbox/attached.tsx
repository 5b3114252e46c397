'use client'

import { FileButton } from '@/components/posts/composer/file-button'
import { MediaLibrary } from '@/components/posts/composer/media-library'
import { upload } from '@/components/posts/composer/upload'
import { IconButton } from '@/components/ui/icon-button'
import { Spinner } from '@/components/ui/spinner'
import { toast } from '@/components/ui/toast'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { mediaUrl } from '@/lib/media/schema'
import { FileText, Film, X } from 'lucide-react'
import { useState } from 'react'
import { keepFiles, keepTo, toOf, type AttachedFile } from './drafts'
import { useInboxPlace } from './inbox-context'

type Props = {
  readonly conversation: ConversationDetail
  readonly files: readonly AttachedFile[]
}

/** Chooses files that go with an answer to a message, where its network takes any. */
export function AttachFiles({ conversation, messageId, files }: Props & { readonly messageId: string }) {
  const { workspace } = useInboxPlace()
  const [sending, setSending] = useState(0)
  const { media } = conversation.answering
  if (!media) return null
  const add = (more: readonly AttachedFile[]) => {
    keepFiles(workspace, conversation.id, (before) => [
      ...before,
      ...more.filter(({ id }) => !before.some((one) => one.id === id)),
    ])
    // Where nothing was written yet, they are for whom they were chosen for, also when they arrive later.
    if (!toOf(workspace, conversation.id)) keepTo(workspace, conversation.id, { id: messageId, privately: false })
  }

  async function send(chosen: readonly File[]) {
    setSending((running) => running + chosen.length)
    for (const file of chosen) {
      const arrived = await upload({ workspace, file, onProgress: () => undefined }).done
      if (arrived.ok) add([arrived.value])
      else toast.failed(arrived.error)
      setSending((running) => running - 1)
    }
  }

  return (
    <>
      <FileButton small label="Attach files" onFiles={(chosen) => void send(chosen)} />
      <MediaLibrary workspace={workspace} taken={files.map(({ id }) => id)} onChoose={add} />
      {sending > 0 && (
        <output className="flex items-center gap-1.5 text-meta text-text-3">
          <Spinner /> Uploading…
        </output>
      )}
    </>
  )
}

function Kind({ kind }: Pick<AttachedFile, 'kind'>) {
  const Icon = kind === 'document' ? FileText : Film
  return <Icon aria-hidden className="size-5 text-text-3" />
}

/** The files that go with the answer being written. */
export function Attached({ conversation, files }: Props) {
  const { workspace } = useInboxPlace()
  if (files.length === 0) return null
  return (
    <ul aria-label="Attached files" className="flex flex-wrap gap-2">
      {files.map((file) => (
        <li
          key={file.id}
          className="flex max-w-60 items-center gap-2 rounded-control bg-sunken py-1 pr-1 pl-1.5 text-table ring-1 ring-line ring-inset"
        >
          {file.thumb ? (
            // oxlint-disable-next-line nextjs/no-img-element -- our own thumbnail, in its own size
            <img src={mediaUrl(workspace, file.id, file.thumb)} alt="" className="size-7 rounded-sm object-cover" />
          ) : (
            <Kind kind={file.kind} />
          )}
          <span className="min-w-0 truncate">{file.name}</span>
          <IconButton
            size="small"
            label={`Take ${file.name} off`}
            icon={<X />}
            onClick={() => keepFiles(workspace, conversation.id, (before) => before.filter(({ id }) => id !== file.id))}
          />
        </li>
      ))}
    </ul>
  )
}
