import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import type { Workers } from './workers'

/** A written request has arrived by then. */
const arriveMs = 250
/** Others have time to come to their boundaries, too, for a new worker costs more than waiting; so many are enough. */
const gatherMs = 1_500
const enough = 16
/** Whoever has not come to an end by then is killed in the middle of something else. Shorter than a lease. */
const patienceMs = 3_000

type Standing = { readonly file: string; readonly kill: string; readonly pid: number }

/**
 * Kills workers where lib/core/failpoint.ts makes them stand still. A kill is named `<boundary>@<subject>` and happens
 * once. One death serves all that stand in the worker then.
 */
export class Kills {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'posthorn-kills-'))
  private readonly rowOf = new Map<string, string>()
  private readonly since = new Map<number, number>()
  private readonly done = new Set<string>()

  /** To be done before anybody can come there. `row` is what a worker holds a claim on. */
  arm(kills: readonly string[], row: string): void {
    for (const kill of kills) {
      this.rowOf.set(kill, row)
      writeFileSync(path.join(this.folder, kill), '')
    }
  }

  met = (kills: readonly string[]): boolean => kills.every((kill) => this.done.has(kill))

  /** Kills, with -9, each worker that does nothing any more but stand. @param heldBy rows that a worker has claimed */
  async execute(workers: Workers, heldBy: (worker: string) => Promise<readonly string[]>): Promise<void> {
    for (const [pid, mine] of Map.groupBy(this.standing(), (one) => one.pid)) {
      const since = this.since.get(pid) ?? Date.now()
      this.since.set(pid, since)
      const forMs = Date.now() - since
      if (forMs < (mine.length < enough ? gatherMs : arriveMs)) continue
      const rows = mine.map(({ kill }) => this.rowOf.get(kill))
      const isBusy = (await heldBy(`${hostname()}:${pid}`)).some((row) => !rows.includes(row))
      if (isBusy && forMs < patienceMs) continue
      await workers.kill(pid)
      this.since.delete(pid)
      // Also those that came to stand meanwhile.
      for (const { kill, file } of this.standing().filter((one) => one.pid === pid)) {
        this.done.add(kill)
        rmSync(path.join(this.folder, file))
      }
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }

  private standing(): readonly Standing[] {
    return readdirSync(this.folder).flatMap((file) => {
      const [, kill, pid] = /^(.+@.+)\.(\d+)$/.exec(file) ?? []
      return kill && pid ? [{ file, kill, pid: Number(pid) }] : []
    })
  }
}
