import { v7 } from 'uuid'

/** A new id. Later ids sort after earlier ones, so lists can be paged by id. */
export const newId = (): string => v7()
