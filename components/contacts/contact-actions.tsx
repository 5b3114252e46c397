'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { useAct } from '@/components/workspace/use-act'
import { eraseContactAction } from '@/lib/contacts/actions'
import type { ContactDetail } from '@/lib/contacts/schema'
import { paths } from '@/lib/core/paths'
import { Download, Merge, UserX } from 'lucide-react'
import { useState } from 'react'
import type { ContactRights } from './contact-page'
import { MergeDialog } from './merge-dialog'

type Props = { readonly workspace: string; readonly contact: ContactDetail; readonly rights: ContactRights }

/** What can be done with a person as a whole. */
export function ContactActions({ workspace, contact, rights }: Props) {
  const act = useAct()
  const [asking, setAsking] = useState<'merge' | 'erase'>()
  const close = () => setAsking(undefined)
  return (
    <>
      <Button
        icon={<Merge aria-hidden />}
        disabledReason={rights.update ? undefined : 'Viewers see contacts; ask an admin for another role.'}
        onClick={() => setAsking('merge')}
      >
        Merge…
      </Button>
      <a href={paths.contactExport(workspace, contact.id)} download className={buttonStyle({})}>
        <Download aria-hidden />
        Export
      </a>
      <Button
        icon={<UserX aria-hidden />}
        disabledReason={rights.erase ? undefined : 'Only owners and admins may erase people.'}
        onClick={() => setAsking('erase')}
      >
        Erase…
      </Button>
      {asking === 'merge' && <MergeDialog workspace={workspace} contact={contact} onClose={close} />}
      <AlertDialog
        open={asking === 'erase'}
        onOpenChange={close}
        title={`Erase ${contact.name}?`}
        description="Their names and networks, everything they said, what you answered them and every note about them are gone for good. What is public at the networks stays there."
        confirm="Erase"
        onConfirm={async () => {
          await act(eraseContactAction(workspace, { contactId: contact.id }), 'Erased')
        }}
      />
    </>
  )
}
