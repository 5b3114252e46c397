import path from 'node:path'

/** The project folder. */
export const root = path.dirname(import.meta.dirname)

/** A path inside the project folder. */
export const at = (...parts) => path.join(root, ...parts)
