import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Uploaded bytes, named by their SHA-256: in memory, or in a folder when there is one. */
export class Blobs {
  private readonly memory = new Map<string, Buffer>()

  constructor(private readonly dir: string | undefined) {
    if (dir) mkdirSync(dir, { recursive: true })
  }

  put(bytes: Buffer): string {
    const name = createHash('sha256').update(bytes).digest('hex')
    if (!this.dir) this.memory.set(name, bytes)
    else if (!existsSync(join(this.dir, name))) writeFileSync(join(this.dir, name), bytes)
    return name
  }

  get(name: string): Buffer | undefined {
    if (!this.dir) return this.memory.get(name)
    return /^[0-9a-f]{64}$/.test(name) && existsSync(join(this.dir, name))
      ? readFileSync(join(this.dir, name))
      : undefined
  }

  clear(): void {
    this.memory.clear()
    if (!this.dir) return
    rmSync(this.dir, { recursive: true, force: true })
    mkdirSync(this.dir, { recursive: true })
  }
}
