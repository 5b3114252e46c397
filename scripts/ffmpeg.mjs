import { existsSync } from 'node:fs'
import { aptInstall, runs } from './apt.mjs'

const has = async () => existsSync(process.env.FFMPEG || '') || (await runs('ffmpeg', ['-version']))

/** Installs ffmpeg with apt where it is missing. @returns whether it is there: videos are passed through otherwise. */
export const ensureFfmpeg = async () => (await has()) || ((await aptInstall('ffmpeg')) && (await has()))
