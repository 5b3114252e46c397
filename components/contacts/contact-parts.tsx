'use client'

import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/page'
import { ZonedTime } from '@/components/ui/time'
import { useAct } from '@/components/workspace/use-act'
import { unmergeContactAction } from '@/lib/contacts/actions'
import type { ContactDetail } from '@/lib/contacts/schema'
import { useState } from 'react'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly contact: ContactDetail
  readonly mayUpdate: boolean
}

/** Who was merged into this person, each of whom can be separated again. */
export function ContactParts({ workspace, timeZone, contact, mayUpdate }: Props) {
  const act = useAct()
  const [parting, setParting] = useState<string>()
  if (contact.parts.length === 0) return null
  async function separate({ id, name }: { readonly id: string; readonly name: string }) {
    setParting(id)
    await act(unmergeContactAction(workspace, { contactId: id }), `${name} stands alone again`)
    setParting(undefined)
  }
  return (
    <Section title="Merged" description="Separating gives back exactly what was theirs.">
      <ul className="flex flex-col gap-2">
        {contact.parts.map((part) => (
          <li key={part.id} className="flex items-center justify-between gap-3 text-table">
            <span className="flex min-w-0 flex-col">
              <span className="truncate">{part.name}</span>
              <span className="truncate text-meta text-text-3">
                {part.identities.map(({ handle }) => handle).join(', ')}
                {part.mergedAt && (
                  <>
                    {' '}
                    · since <ZonedTime at={part.mergedAt} zone={timeZone} pattern="d MMM" zoneHidden />
                  </>
                )}
              </span>
            </span>
            <Button
              size="small"
              disabledReason={mayUpdate ? undefined : 'Viewers see contacts; ask an admin for another role.'}
              busy={parting === part.id}
              onClick={() => void separate(part)}
            >
              Separate
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
