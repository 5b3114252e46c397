import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'

type Props = {
  /** What a row of the file is. */
  readonly thing: string
  readonly count: number
  readonly skipped: number
  /** While it is not known what would become of them. */
  readonly isReading: boolean
  /** How many are in, while they are imported. */
  readonly done: number | undefined
  readonly onGo: () => void
}

/** Begins to import what a file holds, says how much of it is left out, and shows how far it is. */
export const ImportGo = ({ thing, count, skipped, isReading, done, onGo }: Props) => (
  <>
    {done !== undefined && <ProgressBar label={`Importing ${thing}s`} done={done / Math.max(1, count)} />}
    <div className="flex flex-wrap items-center gap-3">
      <Button
        variant="primary"
        busy={done !== undefined}
        disabledReason={
          isReading
            ? 'Wait until the file is read.'
            : count === 0
              ? `No ${thing} of this file can be imported as it is.`
              : undefined
        }
        onClick={onGo}
      >
        {count === 1 ? `Import 1 ${thing}` : `Import ${count} ${thing}s`}
        {skipped > 0 && `, skip ${skipped}`}
      </Button>
    </div>
  </>
)
