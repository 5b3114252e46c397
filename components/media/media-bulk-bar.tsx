'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { AskBeforeClosing } from '@/components/ui/dialog-hold'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { toast } from '@/components/ui/toast'
import type { Result } from '@/lib/core/result'
import { deleteManyMediaAction, moveMediaAction, tagMediaAction } from '@/lib/media/actions'
import type { BulkMedia, FolderCard } from '@/lib/media/schema'
import { FolderInput, PenLine, Tag, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { changeInParts } from './change-in-parts'
import { PlaceDialog } from './folder-dialogs'
import type { MediaRights } from './rights'
import { TagInput } from '@/components/ui/tag-input'
import { useInPost } from './use-in-post'
import { files } from './words'

type Props = {
  readonly workspace: string
  readonly selected: ReadonlySet<string>
  readonly folders: readonly FolderCard[]
  readonly knownTags: readonly string[]
  readonly rights: MediaRights
  /** `left` are those that could not be changed: they stay selected. */
  readonly onDone: (left: readonly string[]) => void
  readonly onClear: () => void
}

/** What can be done with several files at once. One that cannot be changed stops none of the others. */
export function MediaBulkBar({ workspace, selected, folders, knownTags, rights, onDone, onClear }: Props) {
  const [asking, setAsking] = useState<'tag' | 'move' | 'delete'>()
  const write = useInPost(workspace)
  const count = selected.size
  const close = () => setAsking(undefined)
  const maySort = rights.organise ? undefined : 'Your role may not sort media.'

  async function carryOut(
    done: string,
    change: (mediaIds: string[]) => Promise<Result<BulkMedia>>,
  ): Promise<Result<BulkMedia>> {
    const result = await changeInParts([...selected], change)
    if (!result.ok) {
      toast.failed(result.error.message)
      return result
    }
    const { done: changed, failed } = result.value
    onDone(failed.map(({ mediaId }) => mediaId))
    const [first] = failed
    const left = first ? [`${files(failed.length)} stayed as before. ${first.message}`] : []
    if (changed.length === 0) left.forEach((why) => toast.failed(why))
    else toast.done([`${files(changed.length)} ${done}`, ...left].join('. '))
    return result
  }

  return (
    <section
      aria-label="Selected files"
      className="fixed inset-x-3 bottom-[calc(var(--tab-bar)+0.75rem)] z-(--z-nav) mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card bg-surface p-2 shadow-float"
    >
      <output className="px-2 text-table font-medium tabular-nums">{count} selected</output>
      {rights.write && (
        <Button icon={<PenLine aria-hidden />} busy={write.isBusy} onClick={() => void write.start([...selected])}>
          Use in a post
        </Button>
      )}
      <Button icon={<Tag aria-hidden />} disabledReason={maySort} onClick={() => setAsking('tag')}>
        Tag…
      </Button>
      <Button icon={<FolderInput aria-hidden />} disabledReason={maySort} onClick={() => setAsking('move')}>
        Move…
      </Button>
      <Button
        icon={<Trash2 aria-hidden />}
        disabledReason={rights.delete ? undefined : 'Only owners and admins may delete media.'}
        onClick={() => setAsking('delete')}
      >
        Delete…
      </Button>
      <IconButton label="Stop selecting" icon={<X />} onClick={onClear} />
      {asking === 'tag' && (
        <TagDialog
          count={count}
          knownTags={knownTags}
          onClose={close}
          onTag={async (add, remove) =>
            (
              await carryOut('tagged', (mediaIds) =>
                tagMediaAction(workspace, { mediaIds, add: [...add], remove: [...remove] }),
              )
            ).ok
          }
        />
      )}
      {asking === 'move' && (
        <PlaceDialog
          title={`Move ${files(count)}`}
          label="Into"
          folders={folders}
          start={null}
          onClose={close}
          onMove={(folderId) => carryOut('moved', (mediaIds) => moveMediaAction(workspace, { mediaIds, folderId }))}
        />
      )}
      <AlertDialog
        open={asking === 'delete'}
        onOpenChange={close}
        title={`Delete ${files(count)}?`}
        description="They are gone for good. Files that a post shows stay."
        confirm="Delete"
        onConfirm={async () =>
          void (await carryOut('deleted', (mediaIds) => deleteManyMediaAction(workspace, { mediaIds })))
        }
      />
    </section>
  )
}

type TagProps = {
  readonly count: number
  readonly knownTags: readonly string[]
  readonly onTag: (add: readonly string[], remove: readonly string[]) => Promise<boolean>
  readonly onClose: () => void
}

function TagDialog({ count, knownTags, onTag, onClose }: TagProps) {
  const [add, setAdd] = useState<readonly string[]>([])
  const [remove, setRemove] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  async function go() {
    setBusy(true)
    const done = await onTag(add, remove)
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={`Tag ${files(count)}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabledReason={add.length + remove.length === 0 ? 'Write at least one tag, then press Enter.' : undefined}
            onClick={() => void go()}
          >
            Change tags
          </Button>
        </>
      }
    >
      <AskBeforeClosing when={add.length + remove.length > 0} />
      <div className="flex flex-col gap-4">
        <Field label="Add" hint="Press Enter after each.">
          <TagInput tags={add} known={knownTags} onChange={setAdd} />
        </Field>
        <Field label="Take away" optional>
          <TagInput tags={remove} known={knownTags} onChange={setRemove} />
        </Field>
      </div>
    </Dialog>
  )
}
