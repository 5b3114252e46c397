'use client'

import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { deleteViewAction, saveViewAction } from '@/lib/inbox/actions'
import type { SavedViewCard } from '@/lib/inbox/schema'
import { useQueryClient } from '@tanstack/react-query'
import { Bookmark, Ellipsis, PencilLine, Plus, Quote, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'
import { inboxKey, useSavedViews } from './use-inbox'
import type { InboxAddress } from './use-inbox-address'
import { ViewButton } from './view-button'
import { ViewDialog, type ViewDraft } from './view-dialog'

/** Lists of what is said in certain words: one's own, and everybody's. */
export function WordViews({ address: { filter, setWords, setView } }: { readonly address: InboxAddress }) {
  const { workspace, rights } = useInboxPlace()
  const client = useQueryClient()
  const saved = useSavedViews(workspace)
  const [draft, setDraft] = useState<ViewDraft | null>(null)
  const here = filter.words
  const known = saved.data ?? []
  const again = () => client.invalidateQueries({ queryKey: inboxKey(workspace, 'views') })

  async function remove(view: SavedViewCard) {
    const gone = await answerOf(deleteViewAction(workspace, { id: view.id }))
    if (!gone.ok) return toast.failed(gone.error.message)
    if (here === view.words) setView('todo')
    await again()
    toast.undo(`View ${view.name} removed`, async () => {
      const back = await answerOf(
        saveViewAction(workspace, { name: view.name, words: view.words, isShared: view.isShared }),
      )
      if (!back.ok) toast.failed(back.error.message)
      await again()
    })
  }

  return (
    <>
      <span className="flex items-center justify-between gap-1 lg:mt-3 lg:pl-2.5">
        <h2 className="text-meta font-medium text-text-3 max-lg:sr-only">Words</h2>
        <IconButton
          size="small"
          label="New view of words"
          icon={<Plus />}
          onClick={() => setDraft({ name: '', words: '', isShared: false })}
        />
      </span>
      {known.map((view) => (
        <ViewButton
          key={view.id}
          icon={Quote}
          label={view.name}
          count={view.count}
          isHere={here === view.words}
          onClick={() => setWords(view.words)}
          menu={
            (!view.isShared || rights.manage) && (
              <DropdownMenu
                className="w-44"
                trigger={<IconButton size="small" label={`Change the view ${view.name}`} icon={<Ellipsis />} />}
              >
                <MenuItem icon={<PencilLine aria-hidden />} onSelect={() => setDraft(view)}>
                  Change or rename…
                </MenuItem>
                <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => void remove(view)}>
                  Remove
                </MenuItem>
              </DropdownMenu>
            )
          }
        />
      ))}
      {here && saved.data && !known.some(({ words }) => words === here) && (
        <ViewButton
          icon={Quote}
          label={here}
          count={undefined}
          isHere
          onClick={() => setWords(here)}
          menu={
            <IconButton
              size="small"
              label="Keep this view"
              icon={<Bookmark />}
              onClick={() => setDraft({ name: here.slice(0, 40), words: here, isShared: false })}
            />
          }
        />
      )}
      {draft && (
        <ViewDialog
          draft={draft}
          onClose={() => setDraft(null)}
          onSaved={(words) => {
            void again()
            setWords(words)
          }}
        />
      )}
    </>
  )
}
