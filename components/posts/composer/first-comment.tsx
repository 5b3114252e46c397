'use client'

import { X } from 'lucide-react'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Textarea } from '@/components/ui/textarea'
import { useDesk } from './composer-context'
import { wordsIn, write } from './draft'

/** A comment of one's own under the post, sent right after it. */
export function FirstComment({ onClose }: { readonly onClose: () => void }) {
  const { draft, scope, edit } = useDesk()
  const { firstComment = '' } = wordsIn(draft, scope)
  const set = (text: string) => edit((draft) => write(draft, scope, { firstComment: text || undefined }))
  return (
    <div className="border-t px-3 py-3">
      <Field
        label="First comment"
        hint="Sent by the same account right after the post."
        aside={
          <IconButton
            size="small"
            label="Remove the first comment"
            icon={<X />}
            onClick={() => {
              set('')
              onClose()
            }}
          />
        }
      >
        <Textarea rows={2} className="min-h-14" value={firstComment} onChange={(event) => set(event.target.value)} />
      </Field>
    </div>
  )
}
