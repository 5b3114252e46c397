import { Page } from '@/components/ui/page'
import { Skeleton } from '@/components/ui/skeleton'

export default function LoadingPost() {
  return (
    <Page kind="detail">
      <output className="sr-only">Loading the post…</output>
      <div aria-busy className="flex w-2/3 flex-col gap-3">
        <div className="w-12">
          <Skeleton />
        </div>
        <Skeleton className="h-7" />
        <div className="w-1/2">
          <Skeleton />
        </div>
      </div>
      <div className="flex max-w-[68ch] flex-col gap-2">
        <Skeleton />
        <Skeleton />
        <Skeleton className="w-2/3" />
      </div>
      <Skeleton className="h-96 rounded-card" />
    </Page>
  )
}
