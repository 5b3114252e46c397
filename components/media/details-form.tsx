'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import type { Result } from '@/lib/core/result'
import { describeMediaAction, moveMediaAction, renameMediaAction, tagMediaAction } from '@/lib/media/actions'
import type { BulkMedia, MediaDetails } from '@/lib/media/schema'
import type { DetailsProps } from './details-sheet'
import { inTree } from './folder-tree'
import { TagInput } from '@/components/ui/tag-input'

const describeHint = 'Say what is in it, for people who cannot see it. Every new post takes it over.'

type Props = DetailsProps & { readonly details: MediaDetails }
const top = 'top'

/** What people say about a file: its alt text and name are saved by a button, its tags and folder at once. */
export function DetailsForm({ workspace, details, folders, knownTags, rights, onChanged }: Props) {
  const { card } = details
  const [alt, setAlt] = useState(card.alt)
  const [name, setName] = useState(card.name)
  const [busy, setBusy] = useState(false)
  const isChanged = alt.trim() !== card.alt || name.trim() !== card.name

  async function told(work: Promise<Result<unknown>>): Promise<boolean> {
    const done = await answerOf(work)
    if (!done.ok) toast.failed(done.error.message)
    await onChanged()
    return done.ok
  }
  async function sorted(work: Promise<Result<BulkMedia>>): Promise<void> {
    const done = await answerOf(work)
    const problem = done.ok ? done.value.failed[0]?.message : done.error.message
    if (problem) toast.failed(problem)
    await onChanged()
  }
  async function save() {
    setBusy(true)
    const named = name.trim() === card.name || (await told(renameMediaAction(workspace, { mediaId: card.id, name })))
    const described = alt.trim() === card.alt || (await told(describeMediaAction(workspace, { mediaId: card.id, alt })))
    setBusy(false)
    if (named && described) toast.done('Saved')
  }

  return (
    <form
      aria-label="About this file"
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged && !busy) void save()
      }}
      className="flex flex-col gap-4"
    >
      <Field
        label={card.kind === 'document' ? 'Title' : 'Alt text'}
        hint={card.alt === '' && card.kind !== 'document' ? describeHint : ''}
      >
        <Textarea
          rows={2}
          value={alt}
          maxLength={2_000}
          readOnly={!rights.upload}
          onChange={(event) => setAlt(event.target.value)}
        />
      </Field>
      <Field label="Name">
        <Input
          value={name}
          maxLength={255}
          readOnly={!rights.organise}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {isChanged && (
        <Button type="submit" variant="primary" busy={busy} className="self-end">
          Save
        </Button>
      )}
      <Field label="Tags">
        {rights.organise ? (
          <TagInput
            tags={card.tags}
            known={knownTags}
            onChange={(tags) =>
              void sorted(
                tagMediaAction(workspace, {
                  mediaIds: [card.id],
                  add: tags.filter((tag) => !card.tags.includes(tag)),
                  remove: card.tags.filter((tag) => !tags.includes(tag)),
                }),
              )
            }
          />
        ) : (
          <Input readOnly value={card.tags.join(', ')} />
        )}
      </Field>
      <Field label="Folder">
        <Select
          value={card.folderId ?? top}
          disabled={!rights.organise}
          onChange={(to) =>
            void sorted(moveMediaAction(workspace, { mediaIds: [card.id], folderId: to === top ? null : to }))
          }
          options={[
            { value: top, label: 'No folder' },
            ...inTree(folders).map(({ id, name: folder, depth }) => ({
              value: id,
              label: `${'\u2003'.repeat(depth)}${folder}`,
            })),
          ]}
        />
      </Field>
    </form>
  )
}
