'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { deletePostAction } from '@/lib/posts/actions'
import { useState } from 'react'
import { answerOf } from '@/components/workspace/answer-of'

/** A network that has it, by label, and whether that lets a program delete at all. */
export type PublishedAt = { readonly network: string; readonly deletes: boolean }

type Props = {
  readonly workspace: string
  readonly postId: string
  readonly publishedAt: readonly PublishedAt[]
  readonly onDeleted: () => void
  readonly onClose: () => void
}

/** Asks before a post is gone for good, and whether the networks should lose it too. */
export function DeleteDialog({ workspace, postId, publishedAt, onDeleted, onClose }: Props) {
  const [alsoAtNetwork, setAlso] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const all = namesOf(publishedAt)
  const deleting = namesOf(publishedAt.filter(({ deletes }) => deletes))
  const keeping = namesOf(publishedAt.filter(({ deletes }) => !deletes))
  const stays = deleting
    ? `Unless you choose otherwise, it stays at ${all}.`
    : `It stays at ${all}: no program may delete a post there.`

  async function remove() {
    setBusy(true)
    const gone = await answerOf(deletePostAction(workspace, { postId, alsoAtNetwork }))
    setBusy(false)
    if (gone.ok) onDeleted()
    else setProblem(gone.error.message)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      width="narrow"
      title="Delete this post?"
      description={
        all ? `Its text and ledger are gone from Posthorn. ${stays}` : 'It will not be sent, and its text is gone.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" busy={busy} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {deleting && (
          <Field
            inline
            label={`Also delete it at ${deleting}`}
            hint={`People who saw it may have kept a copy. It cannot be brought back. If it cannot be deleted there, the post comes back here and says why.${keeping ? ` It comes back for ${keeping} in any case: no program may delete a post there.` : ''}`}
          >
            <Checkbox checked={alsoAtNetwork} onCheckedChange={(on) => setAlso(on === true)} />
          </Field>
        )}
        {problem && (
          <Callout tone="failed" role="alert">
            {problem}
          </Callout>
        )}
      </div>
    </Dialog>
  )
}

const namesOf = (networks: readonly PublishedAt[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(new Set(networks.map(({ network }) => network)))
