'use client'

import { buttonStyle } from '@/components/ui/button-style'
import { Dialog } from '@/components/ui/dialog'
import { bytes } from '@/lib/core/format'
import type { FileCard } from '@/lib/inbox/schema'
import { CircleSlash, ExternalLink, FileText, Film, LoaderCircle, Weight } from 'lucide-react'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'

type Props = {
  readonly media: readonly FileCard[]
  /** Who sent it, for those who cannot see it, where they did not describe it themselves. */
  readonly by: string
}

const names: Readonly<Record<string, string>> = {
  image: 'Picture',
  gif: 'Animation',
  video: 'Video',
  audio: 'Recording',
}
const nameOf = ({ kind, name }: FileCard): string => name ?? names[kind] ?? 'File'

/** What a browser may show of it: what is kept here is judged by its content, what stays at its network by its word. */
function showing({ kind, mime }: FileCard): 'picture' | 'film' | 'sound' | 'file' {
  if (mime === null) return kind === 'image' || kind === 'gif' ? 'picture' : 'file'
  if (/^image\/(jpeg|png|webp|gif)$/.test(mime)) return 'picture'
  if (mime.startsWith('video/')) return 'film'
  return mime.startsWith('audio/') ? 'sound' : 'file'
}

/** What came with a message. Pictures are shown and open large, films and sounds are played, the rest is fetched. */
export function MessageMedia({ media, by }: Props) {
  const { workspace } = useInboxPlace()
  const [open, setOpen] = useState<{ readonly url: string; readonly alt: string }>()
  if (media.length === 0) return null
  return (
    <div className="flex max-w-full flex-wrap gap-2">
      {media.map((file, place) => {
        const key = `${place} ${file.url}`
        if (file.url === null || file.state !== 'here') return <Absent key={key} file={file} />
        const url = file.url.startsWith('/') ? `${file.url}?workspace=${encodeURIComponent(workspace)}` : file.url
        const alt = file.alt ?? `${nameOf(file)}, ${place + 1} of ${media.length} from ${by}`
        switch (showing(file)) {
          case 'picture':
            return (
              <button
                key={key}
                type="button"
                aria-label={`${alt}: show it large`}
                onClick={() => setOpen({ url, alt })}
                className="overflow-hidden rounded-card ring-1 ring-line"
              >
                {/* oxlint-disable-next-line nextjs/no-img-element -- somebody's own picture, of no known size */}
                <img
                  src={url}
                  alt=""
                  loading="lazy"
                  className="max-h-48 min-h-16 max-w-60 min-w-16 bg-sunken object-cover"
                />
              </button>
            )
          case 'film':
            return (
              // oxlint-disable-next-line jsx-a11y/media-has-caption -- whoever sent it gave it none
              <video
                key={key}
                src={url}
                aria-label={alt}
                controls
                preload="metadata"
                className="max-h-60 w-72 max-w-full rounded-card bg-sunken ring-1 ring-line"
              />
            )
          case 'sound':
            return (
              // oxlint-disable-next-line jsx-a11y/media-has-caption -- as above
              <audio key={key} src={url} aria-label={alt} controls preload="metadata" className="w-72 max-w-full" />
            )
          case 'file':
            return <Chip key={key} file={file} url={url} />
        }
      })}
      <Dialog open={open !== undefined} onOpenChange={() => setOpen(undefined)} width="wide" title={`From ${by}`}>
        {open && (
          <div className="flex flex-col items-center gap-3">
            {/* oxlint-disable-next-line nextjs/no-img-element -- as above */}
            <img src={open.url} alt={open.alt} className="max-h-[65dvh] max-w-full rounded-card object-contain" />
            <a href={open.url} target="_blank" rel="noreferrer" className="link text-table">
              Open it by itself
            </a>
          </div>
        )}
      </Dialog>
    </div>
  )
}

function Chip({ file, url }: { readonly file: FileCard; readonly url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer" className={buttonStyle({ size: 'small', className: 'max-w-full' })}>
      {file.kind === 'video' ? <Film aria-hidden /> : <FileText aria-hidden />}
      <span className="truncate">{nameOf(file)}</span>
      {file.sizeBytes === null ? (
        <ExternalLink aria-hidden className="text-text-3" />
      ) : (
        <span className="shrink-0 text-text-3 tabular-nums">{bytes(file.sizeBytes)}</span>
      )}
    </a>
  )
}

/** Why there is nothing to see. */
const absences = {
  here: { icon: CircleSlash, words: 'cannot be had' },
  coming: { icon: LoaderCircle, words: 'is coming…' },
  too_large: { icon: Weight, words: 'is too large to be brought here' },
  gone: { icon: CircleSlash, words: 'is no longer to be had at the network' },
} as const satisfies Record<FileCard['state'], object>

function Absent({ file }: { readonly file: FileCard }) {
  const { icon: Icon, words } = absences[file.state]
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-card px-3 py-2 text-table text-text-2 ring-1 ring-line ring-inset">
      <Icon aria-hidden className="size-3.5 shrink-0 text-text-3" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {nameOf(file)} {words}
      </span>
    </span>
  )
}
