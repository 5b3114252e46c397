import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { env } from '@/lib/core/env'
import { fail, ok, type Result } from '@/lib/core/result'
import type { AcceptedType } from './accepted'

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The ffmpeg of this machine: the one that FFMPEG names, or the first on the PATH. */
export function findFfmpeg(): string | undefined {
  const named = env().FFMPEG
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const candidates = named ? [named] : folders.map((folder) => path.join(folder, 'ffmpeg'))
  return candidates.find(isProgram)
}

export const noFfmpeg =
  'This Posthorn has no ffmpeg, so videos are passed through as they are, with the place where they were recorded if they say it. Whoever runs it can install ffmpeg (Debian: apt-get install ffmpeg).'

/** What is kept of its complaints: the last is the one that counts. */
const mostWords = 4_000

/**
 * Runs ffmpeg on a file of this disk. It opens nothing but that file, and sees nothing of our environment.
 * @param onTime is told how far into its result it is, in milliseconds.
 * @returns its last words, when it could not do it.
 */
export function ffmpeg(
  given: { before: readonly string[]; mime: AcceptedType; input: string; after: readonly string[]; output: string },
  onTime: (ms: number) => void = () => undefined,
): Promise<Result<void, string>> {
  const program = findFfmpeg()
  if (!program) return Promise.resolve(fail(noFfmpeg))
  const args = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-progress', 'pipe:1']
  // The container is known, and a playlist or a reference inside it must not lead anywhere else.
  const from = [
    '-protocol_whitelist',
    'file,pipe',
    '-f',
    given.mime === 'video/webm' ? 'matroska' : 'mov',
    ...given.before,
    '-i',
    given.input,
  ]
  return new Promise((settle) => {
    const child = spawn(program, [...args, ...from, ...given.after, given.output], {
      env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let words = ''
    child.stderr.on('data', (text: Buffer) => (words = (words + text.toString()).slice(-mostWords)))
    child.stdout.on('data', (text: Buffer) => {
      const at = [...text.toString().matchAll(/^out_time_us=(\d+)$/gm)].at(-1)?.[1]
      if (at) onTime(Number(at) / 1_000)
    })
    child.once('error', (error) => settle(fail(error.message)))
    child.once('close', (code) => {
      const last = words.trim().split('\n').at(-1)?.replaceAll(given.input, 'the video')
      settle(code === 0 ? ok(undefined) : fail(last || `ffmpeg ended with ${code}`))
    })
  })
}
