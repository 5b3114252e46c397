import { spawnSync } from 'node:child_process'
import { aptInstall } from './chromium.mjs'

const has = () => spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0

/** Installs ffmpeg with apt where it is missing. @returns whether it is there: what needs it is skipped otherwise. */
export const ensureFfmpeg = () => has() || (aptInstall('ffmpeg') && has())
