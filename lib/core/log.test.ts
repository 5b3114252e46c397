import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'

let written = ''
let lines: readonly Record<string, unknown>[] = []

beforeAll(async () => {
  const program = path.join(import.meta.dirname, 'log.fixture.ts')
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
    env: { ...process.env, LOG_LEVEL: 'trace', POSTHORN_PROCESS: 'tests' },
  })
  written = stdout + stderr
  lines = stdout
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line))
})

describe('what a process really writes', () => {
  test('is one line of JSON for each event, all of them', () => {
    expect(lines.map(({ msg }) => msg)).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
      'eight',
      'nine',
      'ten',
    ])
  })

  test('holds no secret, by whatever name, depth or sentence it came in', () => {
    expect(written.match(/.{0,40}hush.{0,10}/g)).toBeNull()
  })

  test('keeps what is not secret', () => {
    expect(lines[0]).toMatchObject({ user: { name: 'Ada' } })
    expect(lines[4]?.error).toContain('postgresql://app:[secret]@db/app')
    expect(lines[9]).toMatchObject({ text: 'ordinary', at: '1970-01-01T00:00:00.000Z', count: 3, nothing: null })
  })

  test('says of each line which request and process it came from', () => {
    for (const line of lines) expect(line).toMatchObject({ requestId: 'req-1', workspaceId: 'w-1', service: 'tests' })
  })
})
