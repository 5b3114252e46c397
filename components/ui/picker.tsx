import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { DropdownMenu } from './dropdown-menu'

type Props = {
  readonly label: string
  /** How many are chosen. */
  readonly count: number
  readonly children: ReactNode
}

/** A menu to choose in, under a button that tells how much was chosen. */
export const Picker = ({ label, count, children }: Props) => (
  <DropdownMenu
    align="start"
    className="w-60"
    trigger={
      <Button className={count > 0 ? 'bg-selected' : ''}>
        <span className="max-w-40 truncate">{label}</span>
        {count > 0 && <span className="text-text-2 tabular-nums">{count}</span>}
        <ChevronDown aria-hidden className="text-text-3" />
      </Button>
    }
  >
    {children}
  </DropdownMenu>
)
