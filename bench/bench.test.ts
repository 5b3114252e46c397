import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

/** Runs a measurement at a tiny size on this file's database. */
function run(script: string, ...flags: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', `bench/${script}.ts`, ...flags], { cwd: root })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += String(text)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${script} ended with ${code}:\n${output}`)),
    )
  })
}

test.each([
  ['publish', ['--posts', '5', '--rounds', '1']],
  ['lateness', ['--posts', '5', '--leadMs', '2000']],
  ['upload', ['--megabytes', '50']],
  ['calendar', ['--posts', '50,700', '--calls', '3']],
  ['language', ['--texts', '2000', '--rounds', '1']],
])(
  '%s measures itself against its floor and prints the ratio',
  async (script, flags) => {
    const output = await run(script, ...flags)
    expect(output).toMatch(/^ratio: .+ = [\d.e+]+$/m)
  },
  120_000,
)
