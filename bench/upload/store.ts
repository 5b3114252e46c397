import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { s3Secret } from '@/lib/core/s3.fixture'

/** Starts the tests' bucket in a process of its own, so that what it holds is not counted. It keeps sizes, not bytes. */
export async function startStore() {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  return {
    settings: {
      S3_BUCKET: 'media',
      S3_ENDPOINT: String(said).trim(),
      S3_ACCESS_KEY_ID: s3Secret.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3Secret.secretAccessKey,
      S3_FORCE_PATH_STYLE: true,
    },
    stop: () => child.kill(),
  }
}
