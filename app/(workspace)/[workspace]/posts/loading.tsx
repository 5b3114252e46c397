import { Page } from '@/components/ui/page'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function LoadingPosts() {
  return (
    <Page>
      <div className="flex h-8 items-center justify-between">
        <div className="w-24">
          <Skeleton className="h-7" />
        </div>
        <div className="w-28">
          <Skeleton className="h-control" />
        </div>
      </div>
      <div className="flex flex-col gap-3">
        <div className="w-full max-w-120">
          <Skeleton className="h-control" />
        </div>
        <SkeletonRows rows={10} label="Loading posts…" />
      </div>
    </Page>
  )
}
