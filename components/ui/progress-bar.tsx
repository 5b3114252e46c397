import { Progress } from 'radix-ui'
import { cn } from './cn'

type Props = {
  /** What is going on: “Uploading beach.jpg”. */
  readonly label: string
  /** 0 to 1; null while nobody knows. */
  readonly done: number | null
  readonly className?: string
}

/** How far it is. */
export function ProgressBar({ label, done, className }: Props) {
  const percent = done === null ? null : Math.round(Math.min(1, Math.max(0, done)) * 100)
  return (
    <Progress.Root
      aria-label={label}
      value={percent}
      className={cn('h-1 w-full overflow-hidden rounded-full bg-line', className)}
    >
      <Progress.Indicator
        className={cn(
          'h-full w-full origin-left rounded-full bg-accent transition-transform',
          percent === null && 'animate-pulse',
        )}
        style={{ transform: `scaleX(${percent === null ? 1 : percent / 100})` }}
      />
    </Progress.Root>
  )
}
