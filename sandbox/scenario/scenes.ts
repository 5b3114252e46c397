import { createHash } from 'node:crypto'
import type { Running } from '../core/admin'
import type { Spoken } from '../core/network'
import { latestOf } from '../core/posts'
import type { Account, Post, State } from '../core/state'
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
  /** Those of them that came to nothing, each a bug to be seen. */
  failedSteps: number
}

export type SceneView = Scene & { readonly label: string; readonly of: number }

/** What becomes of a scene that was kept before failed steps were counted. */
const failedOf = ({ failedSteps }: Partial<Scene>): number => failedSteps ?? 0

type Stage = { readonly running: Running; readonly account: Account }
type Deed = Pick<Spoken, 'kind' | 'on'>

/** What is done to a post, where there is one. */
const toPosts: readonly Spoken['kind'][] = ['comment', 'like', 'reaction', 'share']
/** What people do where what they had in mind is not known. */
const instead: Readonly<Partial<Record<Spoken['kind'], Spoken['kind']>>> = { review: 'comment', reaction: 'like' }

/** How what was planned can be done to an account; undefined when it cannot. An account without posts is spoken of. */
function deedAt(planned: Spoken['kind'], { running: { world, open }, account }: Stage): Deed | undefined {
  const verbs = open.verbs(account)
  const on: Post | undefined = latestOf(world, account)
  const otherwise = on === undefined && planned !== 'dm' ? 'mention' : undefined
  const ways: readonly (Spoken['kind'] | undefined)[] = [planned, instead[planned], otherwise]
  const kind = ways.find((one) => {
    const wants = one && verbs[one]
    return wants === 'nothing' || (wants === 'post' && on !== undefined)
  })
  return kind && { kind, ...(on && toPosts.includes(kind) ? { on } : {}) }
}

const saidOf = ({ kind, mood, by }: Step): string => `a ${kind} of ${by.handle} (${mood})`

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
    const scene: Scene = { id: crypto.randomUUID(), ...wish, startedAt: this.q.now(), done: 0, failedSteps: 0 }
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

  /** Takes every step whose time has come, each once. One that comes to nothing is said and counted, and the scene goes on. */
  tick(): void {
    for (const scene of this.q.state().scenes) {
      const steps = this.planOf(scene)
      const elapsed = (this.q.now() - scene.startedAt) * scene.speed
      const isDue = (step: Step | undefined): step is Step => step !== undefined && step.atMs <= elapsed
      // Whoever comes in between comes to speak, not to be spoken to.
      const stages = isDue(steps[scene.done]) ? this.stages(scene.accounts) : []
      for (let step = steps[scene.done]; isDue(step); step = steps[scene.done]) {
        scene.done += 1
        try {
          this.take(step, stages)
        } catch (error) {
          scene.failedSteps = failedOf(scene) + 1
          console.error(`Scene ${scene.name} (${scene.id}): step ${scene.done} failed, ${saidOf(step)}.`, error)
        }
        this.q.save()
      }
    }
  }

  private view(scene: Scene): SceneView {
    return { ...scene, failedSteps: failedOf(scene), label: scenarios[scene.name].label, of: this.planOf(scene).length }
  }

  private planOf({ id, name, seed }: Scene): readonly Step[] {
    const known = this.plans.get(id) ?? plan(name, seed)
    this.plans.set(id, known)
    return known
  }

  private take({ kind: planned, mood, text, by, share }: Step, stages: readonly Stage[]): void {
    const able = stages.flatMap((stage) => {
      const deed = deedAt(planned, stage)
      return deed ? [{ ...stage, deed }] : []
    })
    const chosen = able[Math.floor(share * able.length)]
    if (!chosen) return
    const { running, account, deed } = chosen
    const { kind } = deed
    const id = String(BigInt(`0x${createHash('sha256').update(by.handle).digest('hex').slice(0, 12)}`))
    const done = running.open.speak({
      ...deed,
      account,
      by: { id, ...by },
      // Of a reaction, words would be its sign.
      text: kind === 'like' || kind === 'reaction' ? '' : text,
      ...(kind === 'review' ? { recommends: mood === 'praise' } : {}),
    })
    if (!done) throw new Error(`Nothing came of a ${kind} on ${running.network.name}`)
  }

  /** Accounts that somebody can speak to: those that let an app act for them, unless a scene names its own. */
  private stages(names: readonly string[]): readonly Stage[] {
    return [...this.q.running.values()].flatMap((running) => {
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
