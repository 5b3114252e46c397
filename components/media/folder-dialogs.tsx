'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import type { Result } from '@/lib/core/result'
import { createFolderAction, moveFolderAction, renameFolderAction } from '@/lib/media/actions'
import { FolderName, type FolderCard } from '@/lib/media/schema'
import { inTree, within } from './folder-tree'

type DialogProps = { readonly workspace: string; readonly onDone: () => void; readonly onClose: () => void }

/** Asks for a folder's name: of a new one, at the top or inside another, or anew. */
export function FolderDialog({
  workspace,
  renames,
  inside,
  onDone,
  onClose,
}: DialogProps & { readonly renames?: FolderCard | undefined; readonly inside?: FolderCard | undefined }) {
  const form = useForm({ resolver: zodResolver(FolderName), defaultValues: { name: renames?.name ?? '' } })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={renames ? `Rename “${renames.name}”` : inside ? `New folder in “${inside.name}”` : 'New folder'}
    >
      <Form
        form={form}
        onSubmit={async ({ name }) => {
          const made = await answerOf(
            renames
              ? renameFolderAction(workspace, { folderId: renames.id, name })
              : createFolderAction(workspace, { name, parentId: inside?.id ?? null }),
          )
          if (!made.ok) return showFailure(form, made.error)
          toast.done(renames ? `Folder renamed to “${name}”` : `Folder “${name}” created`)
          onDone()
          onClose()
        }}
      >
        <FormProblem />
        <FormField name="name" label="Name">
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <Submit className="self-end">{renames ? 'Rename folder' : 'Create folder'}</Submit>
      </Form>
    </Dialog>
  )
}

/** The value that stands for no folder; ids are never one word. */
const top = 'top'

type PlaceProps = {
  readonly title: string
  readonly label: string
  readonly folders: readonly FolderCard[]
  /** Folders that cannot be chosen. */
  readonly without?: ReadonlySet<string>
  readonly start: string | null
  readonly onMove: (folderId: string | null) => Promise<Result<unknown>>
  readonly onClose: () => void
}

/** Asks for a place among the folders. A refusal is said here, and the choice stays. */
export function PlaceDialog({ title, label, folders, without, start, onMove, onClose }: PlaceProps) {
  const [to, setTo] = useState(start ?? top)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  async function move() {
    setBusy(true)
    const moved = await onMove(to === top ? null : to)
    setBusy(false)
    if (moved.ok) onClose()
    else setProblem(moved.error.message)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => void move()}>
            Move
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={label}>
          <Select
            value={to}
            onChange={setTo}
            options={[
              { value: top, label: 'No folder' },
              ...inTree(folders)
                .filter(({ id }) => !without?.has(id))
                .map(({ id, name, depth }) => ({ value: id, label: `${'\u2003'.repeat(depth)}${name}` })),
            ]}
          />
        </Field>
        {problem && (
          <Callout tone="failed" role="alert">
            {problem}
          </Callout>
        )}
      </div>
    </Dialog>
  )
}

export function MoveFolderDialog({
  workspace,
  folder,
  folders,
  onDone,
  onClose,
}: DialogProps & { readonly folder: FolderCard; readonly folders: readonly FolderCard[] }) {
  return (
    <PlaceDialog
      title={`Move “${folder.name}”`}
      label="Into"
      folders={folders}
      without={within(folders, folder.id)}
      start={folder.parentId}
      onClose={onClose}
      onMove={async (parentId) => {
        const moved = await answerOf(moveFolderAction(workspace, { folderId: folder.id, parentId }))
        if (moved.ok) onDone()
        return moved
      }}
    />
  )
}
