type Props = {
  /** What changed, in a few words; changing it has it read aloud. */
  readonly message: string
  /** For what cannot wait: a post that failed. */
  readonly urgent?: boolean
}

/** Tells those who do not see the screen what has changed on it. */
export function LiveRegion({ message, urgent = false }: Props) {
  return (
    <div role={urgent ? 'alert' : 'status'} aria-live={urgent ? 'assertive' : 'polite'} className="sr-only">
      {message}
    </div>
  )
}
