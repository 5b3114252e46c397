import { Page } from '@/components/ui/page'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function LoadingContacts() {
  return (
    <Page>
      <div className="w-32">
        <Skeleton className="h-8" />
      </div>
      <SkeletonRows rows={10} label="Loading contacts…" />
    </Page>
  )
}
