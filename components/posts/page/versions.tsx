'use client'

import { Button } from '@/components/ui/button'
import { Badge } from '@/components/ui/badge'
import { ZonedTime } from '@/components/ui/time'
import { useAct } from '@/components/workspace/use-act'
import { restoreVersionAction } from '@/lib/posts/actions'
import { History } from 'lucide-react'
import { useState } from 'react'

export type VersionLine = {
  readonly id: string
  readonly revision: number
  readonly actorName: string
  readonly createdAt: string
  /** What the post said then. */
  readonly text: string
}

type Props = {
  readonly workspace: string
  readonly postId: string
  readonly timeZone: string
  readonly revision: number
  readonly versions: readonly VersionLine[]
  /** Why nothing can be restored; undefined when it can. */
  readonly refusal?: string | undefined
}

/** What the post said before, and by whom. Restoring writes a new version, so nothing is lost by it. */
export function Versions({ workspace, postId, timeZone, revision, versions, refusal }: Props) {
  const [restoring, setRestoring] = useState<string>()
  const act = useAct()

  async function restore({ id, revision: old }: VersionLine) {
    setRestoring(id)
    await act(restoreVersionAction(workspace, { postId, versionId: id, revision }), `Restored from version ${old}`)
    setRestoring(undefined)
  }

  return (
    <ol aria-label="Versions" className="flex flex-col divide-y border-y">
      {versions.map((version, at) => (
        <li key={version.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2 text-table">
          <div className="flex min-w-0 flex-1 basis-60 flex-col">
            <span dir="auto" className="line-clamp-2 wrap-anywhere">
              {version.text || 'No text'}
            </span>
            <span className="text-meta text-text-3">
              Version {version.revision}, {version.actorName}, <ZonedTime at={version.createdAt} zone={timeZone} />
            </span>
          </div>
          {at === 0 ? (
            <Badge>now</Badge>
          ) : (
            <Button
              size="small"
              icon={<History aria-hidden />}
              busy={restoring === version.id}
              disabledReason={refusal}
              aria-label={`Restore version ${version.revision}`}
              onClick={() => void restore(version)}
            >
              Restore
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
