import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'

type Props = {
  /** What a row of the file is. */
  readonly thing: 'post' | 'message'
  readonly count: number
  readonly skipped: number
  /** How many are in, while they are imported. */
  readonly done: number | undefined
  readonly onGo: () => void
}

/** Begins to import what a file holds, says how much of it is left out, and shows how far it is. */
export const ImportGo = ({ thing, count, skipped, done, onGo }: Props) => (
  <>
    {done !== undefined && <ProgressBar label={`Importing ${thing}s`} done={done / Math.max(1, count)} />}
    <div className="flex flex-wrap items-center gap-3">
      <Button
        variant="primary"
        busy={done !== undefined}
        disabledReason={count === 0 ? `No ${thing} of this file can be imported as it is.` : undefined}
        onClick={onGo}
      >
        {count === 1 ? `Import 1 ${thing}` : `Import ${count} ${thing}s`}
        {skipped > 0 && `, skip ${skipped}`}
      </Button>
    </div>
  </>
)
