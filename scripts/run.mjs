import { spawn } from 'node:child_process'
import { at, root } from './place.mjs'
import { productNode, withNode } from './node.mjs'

const running = new Set()
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

/** What a command wrote, when it failed. */
export class CommandFailed extends Error {
  constructor(what, code, output) {
    super(`${what} ended with ${code}:\n${output.trim().split('\n').slice(-40).join('\n')}`)
    this.code = code
    this.output = output
  }
}

/**
 * Runs a script under the product's Node, or another `command`, in the project folder.
 * @returns what it wrote. Throws `CommandFailed`, unless `mayFail`.
 */
export function run(
  args,
  { command = productNode(), env = {}, mayFail = false, onOutput = () => {}, cwd = at() } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: withNode({ ...process.env, ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let output = ''
    const take = (text) => {
      output += text
      onOutput(String(text))
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running.delete(child)
      if (code === 0 || mayFail) resolve({ code, output })
      else
        reject(
          new CommandFailed(
            [command, ...args].map((part) => part.replace(`${root}/`, '')).join(' '),
            code ?? signal,
            output,
          ),
        )
    })
  })
}
