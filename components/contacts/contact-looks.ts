import type { StatusLooks } from '@/components/ui/status-badge'
import type { LeadStage } from '@/lib/contacts/schema'
import { BadgeCheck, CircleDashed, CircleX, Sprout, Target } from 'lucide-react'

/** How each stage is shown. */
export const stageLooks: StatusLooks<LeadStage> = {
  none: { label: 'No lead', icon: CircleDashed, tone: 'plain' },
  lead: { label: 'Lead', icon: Sprout, tone: 'review' },
  qualified: { label: 'Qualified', icon: Target, tone: 'scheduled' },
  customer: { label: 'Customer', icon: BadgeCheck, tone: 'published' },
  lost: { label: 'Lost', icon: CircleX, tone: 'draft' },
}
