import { Page } from '@/components/ui/page'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function LoadingDashboard() {
  return (
    <Page className="gap-8">
      <div className="flex h-13 w-40 flex-col gap-2">
        <Skeleton className="h-7" />
        <Skeleton className="w-28" />
      </div>
      <div className="flex flex-col gap-3">
        <Skeleton className="w-48" />
        <SkeletonRows rows={4} label="Loading the dashboard…" />
      </div>
      <div className="grid grid-cols-2 gap-6 sm:grid-cols-4">
        {Array.from({ length: 4 }, (_, at) => (
          <Skeleton key={at} className="h-20" />
        ))}
      </div>
    </Page>
  )
}
