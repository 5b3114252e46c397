import type { Spoken } from '../core/network'
import { byWeight, randomFrom } from './random'
import { readerFor, textFor, type Mood } from './words'

const hour = 3_600_000

type Kind = Spoken['kind']
type Scenario = {
  readonly label: string
  readonly hours: number
  /** What is said in an hour, so many hours in. */
  rate(hoursIn: number): number
  /** Never above this: what the process is thinned from. */
  readonly most: number
  readonly moods: Readonly<Partial<Record<Mood, number>>>
}

/** Half as much after each `halfLife`, from `peak` on; before that it grows evenly. */
const burst = (most: number, peak: number, halfLife: number) => (h: number) =>
  h < peak ? most * (h / peak) : most * 2 ** (-(h - peak) / halfLife)

export const scenarios = {
  night: {
    label: 'What came overnight',
    hours: 1,
    rate: () => 24,
    most: 24,
    moods: { complaint: 30, question: 26, purchase: 18, praise: 16, chatter: 6, spam: 4 },
  },
  quiet_day: {
    label: 'A quiet day',
    hours: 24,
    // Two humps, at ten and at seven in the evening of a day that begins at eight.
    rate: (h) => 1 + 7 * Math.exp(-((h - 2) ** 2) / 4) + 9 * Math.exp(-((h - 11) ** 2) / 6),
    most: 18,
    moods: { praise: 30, question: 26, chatter: 16, purchase: 12, complaint: 10, spam: 6 },
  },
  launch: {
    label: 'A product launch',
    hours: 8,
    rate: burst(240, 0.2, 1),
    most: 240,
    moods: { praise: 38, purchase: 24, question: 20, chatter: 10, complaint: 4, spam: 4 },
  },
  complaint_wave: {
    label: 'A wave of complaints',
    hours: 10,
    rate: burst(180, 1.5, 1.5),
    most: 180,
    moods: { outage: 66, complaint: 14, question: 8, rude: 6, praise: 4, spam: 2 },
  },
} as const satisfies Record<string, Scenario>
export type ScenarioName = keyof typeof scenarios
export const scenarioNames = [
  'night',
  'quiet_day',
  'launch',
  'complaint_wave',
] as const satisfies readonly ScenarioName[]

/** How people in a mood make themselves heard. */
const kindsOf: Readonly<Record<Mood, Readonly<Partial<Record<Kind, number>>>>> = {
  praise: { like: 40, comment: 30, mention: 14, share: 10, reaction: 6, review: 4 },
  question: { comment: 50, dm: 30, mention: 20 },
  purchase: { dm: 55, comment: 35, mention: 10 },
  complaint: { comment: 45, dm: 35, mention: 20, review: 8 },
  outage: { comment: 55, mention: 30, dm: 15, review: 4 },
  rude: { comment: 70, mention: 30 },
  chatter: { comment: 60, like: 40 },
  spam: { comment: 60, dm: 40 },
}

/** One thing that will be said. `share` (0 to 1) chooses the account it is said to. */
export type Step = {
  readonly atMs: number
  readonly kind: Kind
  readonly mood: Mood
  readonly text: string
  readonly by: { readonly handle: string; readonly name: string }
  readonly share: number
}

/**
 * Everything that will be said in a scenario, in order: arrivals of a Poisson process whose rate changes with time, by
 * thinning (Lewis and Shedler, 1979). The same seed is the same day.
 */
export function plan(name: ScenarioName, seed: string): readonly Step[] {
  const { hours, rate, most, moods }: Scenario = scenarios[name]
  const random = randomFrom(`${name}:${seed}`)
  const steps: Step[] = []
  for (let at = 0; ;) {
    at += -Math.log(1 - random()) / most
    if (at >= hours) return steps
    const [isKept, share] = [random() * most < rate(at), random()]
    if (!isKept) continue
    // Of the names of `moods` and of `kindsOf` alone.
    const mood = byWeight(random, moods as Record<Mood, number>)
    const kind = byWeight(random, kindsOf[mood] as Record<Kind, number>)
    const by = readerFor(random)
    steps.push({ atMs: Math.round(at * hour), kind, mood, text: textFor(random, mood), by, share })
  }
}
