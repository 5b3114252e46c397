'use client'

import { WaitsForConnection } from '@/components/shell/online'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Dialog } from '@/components/ui/dialog'
import { Field, Problems } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { GlyphName } from '@/components/ui/network-glyph'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { mergeContactsAction, unmergeContactAction } from '@/lib/contacts/actions'
import type { ContactCard } from '@/lib/contacts/schema'
import { networkLabels, type NetworkName } from '@/lib/platforms/names'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { isLongEnough, useFoundContacts } from './use-contacts'

type Props = {
  readonly workspace: string
  readonly contact: Pick<ContactCard, 'id' | 'name'>
  readonly onClose: () => void
}

/** Finds another contact of the same person. */
export function MergeDialog({ workspace, contact, onClose }: Props) {
  const router = useRouter()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ContactCard>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const found = useFoundContacts(workspace, search.trim())
  const others = found.data?.items.filter(({ id }) => id !== contact.id) ?? []

  async function merge(other: ContactCard) {
    setBusy(true)
    const merged = await answerOf(mergeContactsAction(workspace, { contactId: contact.id, otherId: other.id }))
    setBusy(false)
    if (!merged.ok) return setProblem(merged.error.message)
    toast.undo(`${other.name} and ${contact.name} are one person now`, async () => {
      const apart = await answerOf(unmergeContactAction(workspace, { contactId: other.id }))
      if (!apart.ok) toast.failed(apart.error.message)
      router.refresh()
    })
    onClose()
    router.refresh()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Merge with ${contact.name}`}
      description="What was said on all their networks stands together from then on. You can separate them again at any time."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabledReason={chosen ? undefined : 'Choose somebody first.'}
            onClick={() => chosen && void merge(chosen)}
          >
            Merge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field
          label="Who is the same person?"
          hint={search.trim() !== '' && !isLongEnough(search) && 'Write at least two letters.'}
          problems={problem ? [problem] : []}
        >
          <Input
            type="search"
            autoComplete="off"
            placeholder="Name or handle"
            value={search}
            onChange={({ target }) => {
              setSearch(target.value)
              setChosen(undefined)
              setProblem(undefined)
            }}
          />
        </Field>
        <div role="radiogroup" aria-label="Contacts found" className="flex min-h-40 flex-col gap-0.5">
          {others.map((other) => (
            <label
              key={other.id}
              className={cn(
                'flex cursor-pointer items-center gap-3 rounded-control px-2 py-2 transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-focus',
                chosen?.id === other.id && 'bg-selected hover:bg-selected',
              )}
            >
              <input
                type="radio"
                name="other"
                className="sr-only"
                checked={chosen?.id === other.id}
                onChange={() => setChosen(other)}
              />
              <Avatar
                name={other.name}
                src={other.avatarUrl}
                // The column is written from PlatformName, and there is a mark for every one.
                {...(other.identities[0] && { network: other.identities[0].platform as GlyphName })}
                decorative
              />
              <span className="flex min-w-0 flex-col">
                <span className="truncate">{other.name}</span>
                <span className="truncate text-meta text-text-3">
                  {other.identities
                    // The column is written from PlatformName, and every one has a label.
                    .map(({ handle, platform }) => `${handle} on ${networkLabels[platform as NetworkName]}`)
                    .join(', ')}
                </span>
              </span>
            </label>
          ))}
          {found.isPaused && <WaitsForConnection className="px-2 py-2" />}
          {found.isError && <Problems problems={[found.error.message]} />}
          {isLongEnough(search) && found.isSuccess && others.length === 0 && (
            <p className="py-6 text-center text-table text-text-3">Nobody else by that name.</p>
          )}
        </div>
      </div>
    </Dialog>
  )
}
