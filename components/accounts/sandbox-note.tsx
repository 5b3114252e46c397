/** Said where a form is filled in already, so that a newcomer need not look anything up. */
export const SandboxNote = () => (
  <p className="rounded-control bg-sunken px-3 py-2 text-table text-text-2">
    The sandbox plays this network: an account of it is filled in below.
  </p>
)
