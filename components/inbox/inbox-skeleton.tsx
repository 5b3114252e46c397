import { Skeleton } from '@/components/ui/skeleton'

/** A list on its way, with the geometry of its rows. */
export function ListSkeleton() {
  return (
    <div aria-busy className="flex flex-col">
      <output className="sr-only">Loading conversations…</output>
      {Array.from({ length: 8 }, (_, row) => (
        <div key={row} className="flex h-21 gap-3 border-b px-3 py-2.5">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-4" />
            <Skeleton className="h-3 w-3/5" />
          </div>
        </div>
      ))}
    </div>
  )
}

/** A conversation on its way. */
export function ConversationSkeleton() {
  return (
    <div aria-busy className="flex min-h-0 flex-1 flex-col gap-6 p-4">
      <output className="sr-only">Loading the conversation…</output>
      <div className="w-48">
        <Skeleton className="h-6" />
      </div>
      <div className="w-3/5">
        <Skeleton className="h-16" />
      </div>
      <div className="w-3/5 self-end">
        <Skeleton className="h-10" />
      </div>
      <div className="w-2/5">
        <Skeleton className="h-10" />
      </div>
    </div>
  )
}

/** The inbox on its way. */
export function InboxSkeleton() {
  return (
    <div className="flex h-[calc(100dvh-var(--top-bar)-var(--tab-bar))]">
      <div className="hidden w-40 border-r p-3 lg:block">
        <Skeleton className="h-7" />
      </div>
      <div className="w-full border-r lg:w-84">
        <ListSkeleton />
      </div>
    </div>
  )
}
