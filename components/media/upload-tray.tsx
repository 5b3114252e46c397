'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, Pause, Play, RotateCw, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { ProgressBar } from '@/components/ui/progress-bar'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { bytes } from '@/lib/core/format'
import { describeMediaAction } from '@/lib/media/actions'
import type { FolderCard, MediaCard, UploadCard } from '@/lib/media/schema'
import { discardUpload, fingerprintOf, waitingUploads } from './send'
import { Thumb } from './thumb'
import { UploadButton } from './upload-button'
import { dropFile, goOn, keepKnown, pauseFile, useUploadQueue, type QueuedFile } from './upload-queue'

type Props = {
  readonly workspace: string
  readonly folders: readonly FolderCard[]
  readonly onOpen: (mediaId: string) => void
  readonly onFiles: (files: readonly File[]) => void
  readonly keepsPlaces: boolean
}

/** Files on their way in: how far they are, those the library knows, and those that want to be described. */
export function UploadTray({ workspace, folders, onOpen, onFiles, keepsPlaces }: Props) {
  const queue = useUploadQueue(workspace)
  const client = useQueryClient()
  const waiting = useQuery({
    queryKey: ['uploads', workspace],
    queryFn: () => waitingUploads(workspace),
    // Those who may not upload have none.
    retry: false,
  })
  const left = (waiting.data ?? []).filter(
    ({ fingerprint }) => !queue.some(({ file }) => fingerprintOf(file) === fingerprint),
  )
  if (queue.length + left.length === 0) return null
  const arrived = queue.filter(({ state }) => state === 'kept')
  return (
    <section aria-label="Uploads" className="flex flex-col gap-3 rounded-card bg-surface p-3 ring-1 ring-line">
      {queue.length > 1 && (
        <div className="flex min-h-control-small items-center justify-between gap-2">
          <output className="text-table font-medium tabular-nums">
            {arrived.length} of {queue.length} added
          </output>
          {arrived.length > 1 && (
            <Button size="small" variant="ghost" onClick={() => arrived.forEach(({ key }) => dropFile(key))}>
              Describe all later
            </Button>
          )}
        </div>
      )}
      <ul className="-m-1 flex max-h-96 flex-col gap-3 overflow-y-auto p-1">
        {queue.map((one) => (
          <li key={one.key}>
            <QueuedRow workspace={workspace} keepsPlaces={keepsPlaces} one={one} folders={folders} onOpen={onOpen} />
          </li>
        ))}
        {left.map((upload) => (
          <li key={upload.id}>
            <LeftRow
              upload={upload}
              onFiles={onFiles}
              onDiscard={async () => {
                await discardUpload(workspace, upload.id)
                await client.invalidateQueries({ queryKey: ['uploads', workspace] })
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Said while it is under way; what it waits for otherwise. */
const stateWords = (one: QueuedFile): string =>
  ({
    waiting: 'Waits for its turn',
    sending: `${Math.floor(one.part * 100)} % of ${bytes(one.file.size)}`,
    paused: `Paused at ${Math.floor(one.part * 100)} %`,
    finishing: 'Looking at it…',
    failed: '',
    known: '',
    kept: 'Added',
  })[one.state]

function QueuedRow({
  workspace,
  one,
  folders,
  onOpen,
  keepsPlaces,
}: {
  readonly workspace: string
  readonly keepsPlaces: boolean
  readonly one: QueuedFile
  readonly folders: readonly FolderCard[]
  readonly onOpen: (mediaId: string) => void
}) {
  const name = one.file.name || 'Pasted picture'
  if (one.state === 'kept')
    return (
      <KeptRow
        workspace={workspace}
        keepsPlace={keepsPlaces && one.media.kind === 'video'}
        media={one.media}
        onDone={() => dropFile(one.key)}
      />
    )
  if (one.state === 'known')
    return (
      <Row
        name={name}
        picture={<Thumb small workspace={workspace} card={one.media} className="size-10 shrink-0" />}
        actions={
          <>
            <Button
              size="small"
              onClick={() => {
                onOpen(one.media.id)
                dropFile(one.key)
              }}
            >
              Use the one there is
            </Button>
            <Button size="small" variant="ghost" onClick={() => void keepKnown(one.key)}>
              Keep both
            </Button>
          </>
        }
      >
        <p className="text-meta text-review">
          The library has this file already, as “{one.media.name}”
          {one.media.folderId && ` in “${folders.find(({ id }) => id === one.media.folderId)?.name ?? 'a folder'}”`}.
        </p>
      </Row>
    )
  return (
    <Row
      name={name}
      words={stateWords(one)}
      actions={
        <>
          {one.state === 'sending' && (
            <IconButton size="small" label={`Pause ${name}`} icon={<Pause />} onClick={() => pauseFile(one.key)} />
          )}
          {one.state === 'paused' && (
            <IconButton size="small" label={`Go on with ${name}`} icon={<Play />} onClick={() => goOn(one.key)} />
          )}
          {one.state === 'failed' && (
            <IconButton size="small" label={`Try ${name} again`} icon={<RotateCw />} onClick={() => goOn(one.key)} />
          )}
          {one.state !== 'finishing' && (
            <IconButton
              size="small"
              label={one.state === 'failed' ? `Dismiss ${name}` : `Stop uploading ${name}`}
              icon={<X />}
              onClick={() => dropFile(one.key)}
            />
          )}
        </>
      }
    >
      {one.state === 'failed' ? (
        <p role="alert" className="text-meta text-danger-text">
          {one.problem}
        </p>
      ) : (
        <ProgressBar label={`Uploading ${name}`} done={one.state === 'finishing' ? null : one.part} />
      )}
    </Row>
  )
}

type RowProps = {
  readonly name: string
  readonly words?: string
  readonly picture?: ReactNode
  readonly actions: ReactNode
  readonly children: ReactNode
}

function Row({ name, words, picture, actions, children }: RowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-table sm:flex-nowrap">
      {picture}
      <div className="flex min-w-0 flex-1 basis-48 flex-col gap-1">
        <div className="flex items-baseline justify-between gap-2">
          <span className="truncate font-medium">{name}</span>
          {words && <span className="shrink-0 text-meta text-text-3 tabular-nums">{words}</span>}
        </div>
        {children}
      </div>
      <div className="flex shrink-0 items-center gap-1">{actions}</div>
    </div>
  )
}

/** A file that has arrived: pictures ask to be described while they are in mind. */
function KeptRow({
  workspace,
  media,
  keepsPlace,
  onDone,
}: {
  readonly workspace: string
  readonly keepsPlace: boolean
  readonly media: MediaCard
  readonly onDone: () => void
}) {
  const [alt, setAlt] = useState(media.alt)
  const [busy, setBusy] = useState(false)
  const isDescribed = media.kind !== 'document'
  async function describe() {
    setBusy(true)
    const described = await answerOf(describeMediaAction(workspace, { mediaId: media.id, alt }))
    setBusy(false)
    if (!described.ok) return void toast.failed(described.error.message)
    toast.done(`“${media.name}” described`)
    onDone()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (alt.trim() !== '') void describe()
      }}
    >
      <Row
        name={media.name}
        picture={<Thumb small workspace={workspace} card={media} className="size-10 shrink-0" />}
        words="Added"
        actions={
          <>
            {isDescribed && alt.trim() !== '' && (
              <Button size="small" type="submit" busy={busy}>
                Save
              </Button>
            )}
            <IconButton
              size="small"
              label={isDescribed ? `Describe ${media.name} later` : `Done with ${media.name}`}
              icon={isDescribed ? <X /> : <Check />}
              onClick={onDone}
            />
          </>
        }
      >
        {isDescribed && (
          <Field label={`Alt text for ${media.name}`} labelHidden>
            <Input
              value={alt}
              maxLength={2_000}
              placeholder="What does it show, for people who cannot see it?"
              onChange={(event) => setAlt(event.target.value)}
            />
          </Field>
        )}
        {keepsPlace && (
          <p className="text-meta text-review">
            This Posthorn has no ffmpeg: a video that says where it was recorded goes on saying it.
          </p>
        )}
      </Row>
    </form>
  )
}

/** An upload of an earlier visit. The browser has let go of the file, so it is asked for again. */
function LeftRow({
  upload,
  onFiles,
  onDiscard,
}: {
  readonly upload: UploadCard
  readonly onFiles: (files: readonly File[]) => void
  readonly onDiscard: () => Promise<void>
}) {
  const { name, receivedBytes, sizeBytes } = upload
  return (
    <Row
      name={name}
      words={`${bytes(receivedBytes)} of ${bytes(sizeBytes)} arrived`}
      actions={
        <>
          <UploadButton size="small" label="Choose it again" onFiles={onFiles} />
          <IconButton size="small" label={`Discard ${name}`} icon={<X />} onClick={() => void onDiscard()} />
        </>
      }
    >
      <p className="text-meta text-text-2">Not finished. Choose the same file again, and it goes on where it was.</p>
    </Row>
  )
}
