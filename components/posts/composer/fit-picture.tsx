'use client'

import { useEffect, useRef, useState } from 'react'
import { FitDialog } from '@/components/media/fit-dialog'
import { Button } from '@/components/ui/button'
import { chosenFormat, type Problem, type TargetAccount } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { optionsOf, replaceMedia } from './draft'
import { focusSoon } from './focus-soon'

type Props = { readonly account: TargetAccount; readonly fit: NonNullable<Problem['fit']> }

/** Offers a picture that an account's network takes, in the stead of one that it does not, for this account alone. */
export function FitPicture({ account, fit: { mediaId, changes } }: Props) {
  const { workspace, media, draft, edit, addMedia } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const made = useRef(false)
  const row = `[data-check="${account.id}"]`
  useEffect(
    () => () => {
      // The button went with the problem, and the dialog would give the focus back to it.
      if (made.current) focusSoon(row)
    },
    [row],
  )
  const card = media.get(mediaId)
  if (!card) return null
  const { id: accountId, platform, label } = account
  const format = chosenFormat(account, optionsOf(draft, accountId))
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Fit for {label}…
      </Button>
      {isOpen && (
        <FitDialog
          workspace={workspace}
          card={card}
          fit={{ platform, accountId, format, label, changes }}
          use={`Send this to ${label}`}
          onMade={(fitted) => {
            made.current = true
            addMedia(fitted)
            edit((draft) => replaceMedia(draft, accountId, mediaId, fitted.id))
            setOpen(false)
            return Promise.resolve()
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
