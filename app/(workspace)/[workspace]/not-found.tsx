import { EmptyState } from '@/components/ui/empty-state'
import { SearchX } from 'lucide-react'

/** What was deleted, never was, or is not for this person: inside the frame, from which every other page is reached. */
export default function NotInThisWorkspace() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="There is no such page in this workspace"
      description="It may have been deleted, or your role may not see it. Go on from the menu."
      className="flex-1 justify-center"
    />
  )
}
