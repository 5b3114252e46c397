import { bluesky } from './bluesky'
import { linkedin } from './linkedin'
import type { Platform, PlatformName } from './platform'
import { x } from './x'

export { appConfig } from './config'
export { platformNames } from './platform'
export type * from './platform'
export { versionsEnding } from './versions'

/** Every network with an adapter. A name without one does not compile. */
export const platforms: Record<PlatformName, Platform> = { x, linkedin, bluesky }
