import { Page } from '@/components/ui/page'
import { Skeleton } from '@/components/ui/skeleton'

export default function LoadingAccount() {
  return (
    <Page kind="detail">
      <output className="sr-only">Loading the account…</output>
      <div aria-busy className="flex w-80 max-w-full flex-col gap-3">
        <div className="w-16">
          <Skeleton />
        </div>
        <Skeleton className="h-7" />
        <Skeleton className="w-2/3" />
      </div>
      <Skeleton className="h-16" />
      <Skeleton className="h-96" />
    </Page>
  )
}
