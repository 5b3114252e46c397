import { Page } from '@/components/ui/page'
import { Skeleton } from '@/components/ui/skeleton'

export default function LoadingAccounts() {
  return (
    <Page>
      <output className="sr-only">Loading accounts…</output>
      <div className="flex h-13 w-80 max-w-full flex-col gap-2">
        <div className="w-32">
          <Skeleton className="h-7" />
        </div>
        <Skeleton />
      </div>
      <div aria-busy className="flex flex-col divide-y border-y">
        {Array.from({ length: 4 }, (_, at) => (
          <div key={at} className="flex h-32 items-start gap-3 py-4">
            <Skeleton className="size-8 rounded-full" />
            <div className="flex w-48 flex-col gap-2">
              <Skeleton />
              <Skeleton className="w-2/3" />
            </div>
          </div>
        ))}
      </div>
    </Page>
  )
}
