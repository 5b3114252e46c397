/** What the person may do with posts; the server decides, this only says it before they try. */
export type Rights = {
  readonly write: boolean
  readonly move: boolean
  readonly publish: boolean
  readonly delete: boolean
}
