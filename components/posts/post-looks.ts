import type { StatusLooks } from '@/components/ui/status-badge'
import type { PostState, VariantState } from '@/lib/posts/schema'
import {
  Ban,
  CalendarClock,
  CheckCheck,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  CircleX,
  Eye,
  LoaderCircle,
  PencilLine,
  Trash2,
} from 'lucide-react'

/** How each state of a post is shown wherever posts are. */
export const postLooks: StatusLooks<PostState> = {
  draft: { label: 'Draft', icon: PencilLine, tone: 'draft' },
  in_review: { label: 'In review', icon: Eye, tone: 'review' },
  approved: { label: 'Approved', icon: CheckCheck, tone: 'review' },
  scheduled: { label: 'Scheduled', icon: CalendarClock, tone: 'scheduled' },
  sending: { label: 'Sending…', icon: LoaderCircle, tone: 'scheduled', moving: true },
  unknown: { label: 'Outcome unknown', icon: CircleHelp, tone: 'review' },
  needs_person: { label: 'Needs you', icon: CircleAlert, tone: 'failed' },
  published: { label: 'Published', icon: CircleCheck, tone: 'published' },
  partly_published: { label: 'Partly published', icon: CircleAlert, tone: 'failed' },
  refused: { label: 'Refused', icon: CircleX, tone: 'failed' },
  cancelled: { label: 'Cancelled', icon: Ban, tone: 'draft' },
  removed: { label: 'Removed', icon: Trash2, tone: 'draft' },
}

/** The same for what became of it at one account. */
export const variantLooks: StatusLooks<VariantState> = {
  draft: postLooks.draft,
  in_review: postLooks.in_review,
  approved: postLooks.approved,
  scheduled: postLooks.scheduled,
  claimed: postLooks.sending,
  sending: postLooks.sending,
  unknown: postLooks.unknown,
  reconciling: { ...postLooks.unknown, label: 'Finding out…' },
  needs_person: postLooks.needs_person,
  published: postLooks.published,
  refused: postLooks.refused,
  cancelled: postLooks.cancelled,
  removed: postLooks.removed,
}
