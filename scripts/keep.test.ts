import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

/** Starts the stand-in and waits until it runs. `heard` waits for a word; `ended` gives its code and all it said. */
async function begin(...args: string[]) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'trial-keep.mjs'), ...args])
  let said = ''
  const waiting: { word: string; go: () => void }[] = []
  const take = (text: Buffer) => {
    said += text.toString()
    for (const { word, go } of waiting) if (said.includes(word)) go()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  )
  const heard = (word: string) => new Promise<void>((go) => (said.includes(word) ? go() : waiting.push({ word, go })))
  await heard('ready')
  return { child, heard, ended }
}

test('a part that cannot be stopped keeps no other from being stopped, and is told of', async () => {
  const { child, ended } = await begin()
  child.kill('SIGINT')
  const { code, said } = await ended
  expect(said).toContain('the web stopped')
  expect(said).toContain('The worker could not be stopped.')
  expect(said).toContain('the database stopped')
  expect(code).toBe(1)
})

test('a second Ctrl-C is answered at once, whatever still hangs', async () => {
  const { child, heard, ended } = await begin('hangs')
  child.kill('SIGINT')
  await heard('the web stopped')
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
})
