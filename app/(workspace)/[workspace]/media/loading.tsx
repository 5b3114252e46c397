import { Page } from '@/components/ui/page'
import { Skeleton } from '@/components/ui/skeleton'

export default function LoadingMedia() {
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
      <div className="w-full max-w-120">
        <Skeleton className="h-control" />
      </div>
      <output className="sr-only">Loading media…</output>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        {Array.from({ length: 10 }, (_, place) => (
          <Skeleton key={place} className="aspect-square h-auto" />
        ))}
      </div>
    </Page>
  )
}
