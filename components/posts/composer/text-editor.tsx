'use client'

import type { ClipboardEvent } from 'react'
import { Textarea } from '@/components/ui/textarea'
import { networkLabels } from '@/lib/platforms/text'
import { useDesk } from './composer-context'
import { everyone, wordsIn, write } from './draft'

/** The words. Files that are pasted go to the media. */
export function TextEditor({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { chosen, draft, scope, edit } = useDesk()
  const account = chosen.find(({ id }) => id === scope)
  const label =
    scope === everyone || !account ? 'Post text' : `Text for ${networkLabels[account.platform]} ${account.handle}`

  function paste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    onFiles(files)
  }

  return (
    <Textarea
      // Each scope has its own text, and its own history to undo in.
      key={scope}
      data-words
      aria-label={label}
      placeholder="What would you like to say?"
      rows={6}
      value={wordsIn(draft, scope).text}
      onChange={(event) => edit((draft) => write(draft, scope, { text: event.target.value }))}
      onPaste={paste}
      className="ring-inside min-h-36 resize-none border-0 bg-transparent px-3 text-lead hover:border-0"
    />
  )
}
