import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openRoute } from '../answer'

const buildId = readFile(path.join(process.cwd(), process.env.POSTHORN_DIST ?? '.next', 'BUILD_ID'), 'utf8').then(
  (id) => id.trim(),
  // `next dev` makes no build.
  () => 'development',
)

export const GET = openRoute({
  because: 'a supervisor asks whether the process lives, and learns nothing else',
  run: async () =>
    Response.json(
      { ok: true, build: await buildId, upSeconds: Math.round(process.uptime()) },
      { headers: { 'cache-control': 'no-store' } },
    ),
})
