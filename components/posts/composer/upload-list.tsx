'use client'

import { RotateCw, X } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { bytes } from '@/lib/core/format'
import type { Upload } from './use-uploads'

type Props = {
  readonly uploads: readonly Upload[]
  readonly onAgain: (upload: Upload) => void
  readonly onDismiss: (id: number) => void
}

/** Files that are on their way, and those that did not arrive, with the reason. */
export function UploadList({ uploads, onAgain, onDismiss }: Props) {
  if (uploads.length === 0) return null
  return (
    <ul aria-label="Uploads" className="flex flex-col gap-2">
      {uploads.map((upload) => (
        <li key={upload.id} className="flex items-center gap-2 text-table">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <div className="flex items-baseline justify-between gap-2">
              <span className="truncate">{upload.file.name || 'Pasted picture'}</span>
              <span className="shrink-0 text-meta text-text-3 tabular-nums">
                {upload.problem ? '' : `${Math.round(upload.done * 100)} % of `}
                {bytes(upload.file.size)}
              </span>
            </div>
            {upload.problem ? (
              <p role="alert" className="text-meta text-danger-text">
                {upload.problem}
              </p>
            ) : (
              <ProgressBar label={`Uploading ${upload.file.name}`} done={upload.done === 1 ? null : upload.done} />
            )}
          </div>
          {upload.problem && (
            <IconButton size="small" label="Try again" icon={<RotateCw />} onClick={() => onAgain(upload)} />
          )}
          <IconButton
            size="small"
            label={upload.problem ? `Dismiss ${upload.file.name}` : `Stop uploading ${upload.file.name}`}
            icon={<X />}
            onClick={() => onDismiss(upload.id)}
          />
        </li>
      ))}
    </ul>
  )
}
