import { createHash } from 'node:crypto'
import type { Running } from '../core/admin'
import { isVisible } from '../core/posts'
import type { Account, State } from '../core/state'
import { isStranger } from '../core/strangers'
import { plan, scenarios, type ScenarioName, type Step } from './plan'

/** A scenario at work. Plain JSON: it goes on where it was after a restart. */
export type Scene = {
  readonly id: string
  readonly name: ScenarioName
  readonly seed: string
  /** By the sandbox's clock. */
  readonly startedAt: number
  /** Hours of the scenario in an hour of the clock. */
  readonly speed: number
  /** Account ids or handles it is about; all that can be spoken to when empty. */
  readonly accounts: readonly string[]
  /** Steps that were taken. */
  done: number
}

export type SceneView = Scene & { readonly label: string; readonly of: number }

type Stage = { readonly running: Running; readonly account: Account }

/** Lets readers do what a scenario planned for them, when its time has come. */
export class Scenes {
  private readonly plans = new Map<string, readonly Step[]>()

  constructor(
    private readonly q: {
      running: ReadonlyMap<string, Running>
      state: () => State
      now: () => number
      save: () => void
    },
  ) {}

  start(wish: Pick<Scene, 'name' | 'seed' | 'speed' | 'accounts'>): SceneView {
    const scene: Scene = { id: crypto.randomUUID(), ...wish, startedAt: this.q.now(), done: 0 }
    this.q.state().scenes.push(scene)
    this.q.save()
    return this.view(scene)
  }

  list(): readonly SceneView[] {
    return this.q.state().scenes.map((scene) => this.view(scene))
  }

  stopAll(): void {
    this.q.state().scenes = []
    this.q.save()
  }

  /** Takes every step whose time has come. A step is taken once, even when speaking fails: that is a bug to be seen. */
  tick(): void {
    for (const scene of this.q.state().scenes) {
      const steps = this.planOf(scene)
      const elapsed = (this.q.now() - scene.startedAt) * scene.speed
      for (let step = steps[scene.done]; step && step.atMs <= elapsed; step = steps[scene.done]) {
        scene.done += 1
        this.q.save()
        this.take(step, scene)
      }
    }
  }

  private view(scene: Scene): SceneView {
    return { ...scene, label: scenarios[scene.name].label, of: this.planOf(scene).length }
  }

  private planOf({ id, name, seed }: Scene): readonly Step[] {
    const known = this.plans.get(id) ?? plan(name, seed)
    this.plans.set(id, known)
    return known
  }

  private take({ kind: planned, mood, text, by, share }: Step, { accounts }: Scene): void {
    const stages = this.stages(accounts)
    const stage = stages[Math.floor(share * stages.length)]
    if (!stage) return
    const { running, account } = stage
    const { world, open } = running
    const on = world.posts.of(account.id).findLast((p) => p.kind === 'post' && isVisible(p, world.now()))
    const kind = planned === 'review' && !open.isReviewed ? 'comment' : planned
    const needsPost = kind === 'comment' || kind === 'like' || kind === 'reaction' || kind === 'share'
    const id = String(BigInt(`0x${createHash('sha256').update(by.handle).digest('hex').slice(0, 12)}`))
    open.speak?.({
      kind: needsPost && !on ? 'mention' : kind,
      account,
      by: { id, ...by },
      text,
      ...(kind === 'review' ? { recommends: mood === 'praise' } : {}),
      ...(needsPost && on ? { on } : {}),
    })
  }

  /** Accounts that somebody can speak to: those that let an app act for them, unless a scene names its own. */
  private stages(names: readonly string[]): readonly Stage[] {
    return [...this.q.running.values()].flatMap((running) => {
      if (!running.open.speak) return []
      const { accounts, tokens } = running.world.state
      const acted = new Set(tokens.map((token) => token.accountId))
      return accounts
        .filter((account) => !isStranger(running.world, account))
        .filter(({ id, handle, managers }) =>
          names.length > 0
            ? names.includes(id) || names.includes(handle)
            : acted.has(id) || managers.some((manager) => acted.has(manager)),
        )
        .map((account) => ({ running, account }))
    })
  }
}
