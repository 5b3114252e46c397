import { Badge } from '@/components/ui/badge'
import { Sparkles } from 'lucide-react'

/** Marks what went out by itself. */
export const Automatic = () => (
  <Badge tone="draft">
    <Sparkles aria-hidden /> Automatic
  </Badge>
)
