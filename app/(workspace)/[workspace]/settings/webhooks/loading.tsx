import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function LoadingWebhooks() {
  return (
    <div className="flex flex-col gap-3">
      <div className="w-32">
        <Skeleton className="h-6" />
      </div>
      <SkeletonRows rows={4} label="Loading webhooks…" />
    </div>
  )
}
