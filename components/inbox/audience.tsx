import { Badge } from '@/components/ui/badge'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Globe, UserRound } from 'lucide-react'

type Props = {
  readonly privately: boolean
  readonly onChange: (privately: boolean) => void
}

/** Who reads an answer to a comment: everybody, or its author alone. */
export function Audience({ privately, onChange }: Props) {
  return (
    <SegmentedControl
      label="Who reads it"
      value={privately ? 'privately' : 'publicly'}
      onChange={(next) => onChange(next === 'privately')}
      segments={[
        { value: 'publicly', label: 'Publicly', icon: <Globe aria-hidden /> },
        { value: 'privately', label: 'Privately', icon: <UserRound aria-hidden /> },
      ]}
    />
  )
}

/** Marks what the author of a comment alone reads. */
export const Privately = () => (
  <Badge tone="draft">
    <UserRound aria-hidden /> Privately
  </Badge>
)
