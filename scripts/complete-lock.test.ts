import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { completed } from './complete-lock.mjs'
import { at } from './place.mjs'

const text = readFileSync(at('package-lock.json'), 'utf8')

test('the lock holds no download addresses, so that it works with any registry', () => {
  expect(text).not.toContain('"resolved"')
})

test('the lock names the binaries of every system, so that npm ci takes it', () => {
  const lock = JSON.parse(text)
  expect(completed(lock)).toEqual(lock)
})

test('what is added is marked with the system it is for', () => {
  const lock = {
    packages: {
      'node_modules/tool': {
        version: '1.0.0',
        resolved: 'https://a.registry/tool.tgz',
        optionalDependencies: { 'tool-darwin-arm64': '1.0.0', 'tool-linux-x64-gnu': '1.0.0' },
      },
    },
  }
  expect(completed(lock).packages).toEqual({
    'node_modules/tool': {
      version: '1.0.0',
      optionalDependencies: { 'tool-darwin-arm64': '1.0.0', 'tool-linux-x64-gnu': '1.0.0' },
    },
    'node_modules/tool-darwin-arm64': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
    'node_modules/tool-linux-x64-gnu': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
  })
})
