import { Page } from '@/components/ui/page'
import { Skeleton } from '@/components/ui/skeleton'

/** The composer while it is on its way: accounts, text and time, with the checks and the preview beside them. */
export function ComposerSkeleton() {
  return (
    <Page kind="workbench" className="gap-4">
      <output className="sr-only">Loading the composer…</output>
      <div className="w-40">
        <Skeleton className="h-control" />
      </div>
      <div aria-busy className="flex flex-col gap-6 lg:grid lg:grid-cols-[minmax(0,1fr)_26rem] lg:gap-x-8">
        <div className="flex min-w-0 flex-col gap-5">
          <div className="flex flex-wrap gap-2">
            {[0, 1, 2, 3].map((account) => (
              <div key={account} className="w-44">
                <Skeleton className="h-11 rounded-full" />
              </div>
            ))}
          </div>
          <Skeleton className="h-60 rounded-card" />
          <div className="w-56">
            <Skeleton className="h-control" />
          </div>
          <div className="grid grid-cols-2 gap-3 sm:max-w-90">
            <Skeleton className="h-control" />
            <Skeleton className="h-control" />
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-5 max-lg:hidden">
          <div className="flex flex-col gap-3">
            <div className="w-24">
              <Skeleton />
            </div>
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
          </div>
          <Skeleton className="h-72 rounded-card" />
        </div>
      </div>
    </Page>
  )
}
