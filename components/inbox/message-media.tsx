'use client'

import { Dialog } from '@/components/ui/dialog'
import { buttonStyle } from '@/components/ui/button-style'
import { ExternalLink, FileText, Film } from 'lucide-react'
import { useState } from 'react'

type Props = {
  readonly media: readonly { readonly kind: string; readonly url: string }[]
  /** Who sent it, for those who cannot see it: networks tell no more. */
  readonly by: string
}

const isPicture = (kind: string) => kind === 'image' || kind === 'gif'
const names: Readonly<Record<string, string>> = { video: 'Video', file: 'File' }

/** What came with a message. Pictures are shown and open large; the rest is opened at the network. */
export function MessageMedia({ media, by }: Props) {
  const [open, setOpen] = useState<string>()
  if (media.length === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      {media.map(({ kind, url }, place) => {
        const alt = `${kind === 'gif' ? 'Animation' : 'Picture'} ${place + 1} of ${media.length} from ${by}`
        return isPicture(kind) ? (
          <button
            key={url}
            type="button"
            aria-label={`${alt}: show it large`}
            onClick={() => setOpen(url)}
            className="overflow-hidden rounded-card ring-1 ring-line"
          >
            {/* oxlint-disable-next-line nextjs/no-img-element -- a network's own picture, of no known size */}
            <img
              src={url}
              alt=""
              loading="lazy"
              className="max-h-48 min-h-16 max-w-60 min-w-16 bg-sunken object-cover"
            />
          </button>
        ) : (
          <a key={url} href={url} target="_blank" rel="noreferrer" className={buttonStyle({ size: 'small' })}>
            {kind === 'video' ? <Film aria-hidden /> : <FileText aria-hidden />}
            {names[kind] ?? 'Attachment'}
            <ExternalLink aria-hidden className="text-text-3" />
          </a>
        )
      })}
      <Dialog open={open !== undefined} onOpenChange={() => setOpen(undefined)} width="wide" title={`From ${by}`}>
        {open && (
          <div className="flex flex-col items-center gap-3">
            {/* oxlint-disable-next-line nextjs/no-img-element -- as above */}
            <img src={open} alt={`From ${by}`} className="max-h-[65dvh] max-w-full rounded-card object-contain" />
            <a href={open} target="_blank" rel="noreferrer" className="link text-table">
              Open it by itself
            </a>
          </div>
        )}
      </Dialog>
    </div>
  )
}
