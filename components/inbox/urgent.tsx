import { Flame } from 'lucide-react'

/** Marks what is urgent, beside how it stands. */
export const Urgent = () => (
  <span className="flex items-center gap-0.5 font-medium text-failed">
    <Flame aria-hidden className="size-3.5" />
    Urgent
  </span>
)
