/** What the person may do with media; the server decides, this only says it before they try. */
export type MediaRights = {
  readonly upload: boolean
  readonly organise: boolean
  readonly edit: boolean
  readonly delete: boolean
  /** Write posts, so that a file can be taken into one. */
  readonly write: boolean
}
