import { Dialog } from '@/components/ui/dialog'
import { ShownOnce } from '@/components/ui/shown-once'

export type UnsentInvitation = { readonly email: string; readonly link: string }

type Props = { readonly invitation: UnsentInvitation | undefined; readonly onClose: () => void }

/** The link of an invitation that no mail could carry, to be handed over. */
export const InvitationLink = ({ invitation, onClose }: Props) => (
  <Dialog
    open={invitation !== undefined}
    onOpenChange={(open) => !open && onClose()}
    title="Hand over the link"
    description="No mail was sent: this Posthorn has no mail server (SMTP_URL)."
  >
    {invitation && (
      <ShownOnce
        label={`Invitation for ${invitation.email}`}
        noun="link"
        hint="Whoever opens it joins, once, within seven days. It is not shown again; “New link” makes another, and this one stops working."
        value={invitation.link}
      />
    )}
  </Dialog>
)
