export { platformNames } from './platform'
export type * from './platform'
