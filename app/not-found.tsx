import { FrontDoor } from '@/components/shell/front-door'
import { LinkButton } from '@/components/ui/button'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <FrontDoor
      title="There is no page at this address"
      description="It may have been deleted, or belong to a workspace you are not a member of. If a colleague sent you the link, ask them to invite you."
    >
      <div>
        <LinkButton href="/" variant="primary">
          Go to your workspace
        </LinkButton>
      </div>
    </FrontDoor>
  )
}
