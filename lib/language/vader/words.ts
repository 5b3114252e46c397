/** The word lists of VADER's rules. Source and licence: lib/language/vader/NOTICE.md. */

/** How much a word before it strengthens or weakens a word, in valence; the value is the original's. */
const step = 0.293
/** What SHOUTING among quieter words adds, in valence. */
export const shouting = 0.733
/** What a negation multiplies a valence by. */
export const negation = -0.74

const listed = (words: string): readonly string[] => words.trim().split(/\s*,\s*/)

const strengthening = listed(`
  absolutely, amazingly, awfully, completely, considerable, considerably, decidedly, deeply, effing, enormous,
  enormously, entirely, especially, exceptional, exceptionally, extreme, extremely, fabulously, flipping, flippin,
  frackin, fracking, fricking, frickin, frigging, friggin, fully, fuckin, fucking, fuggin, fugging, greatly, hella,
  highly, hugely, incredible, incredibly, intensely, major, majorly, more, most, particularly, purely, quite, really,
  remarkably, so, substantially, thoroughly, total, totally, tremendous, tremendously, uber, unbelievably, unusually,
  utter, utterly, very`)

const weakening = listed(`
  almost, barely, hardly, just enough, kind of, kinda, kindof, kind-of, less, little, marginal, marginally, occasional,
  occasionally, partly, scarce, scarcely, slight, slightly, somewhat, sort of, sorta, sortof, sort-of`)

export const degrees: ReadonlyMap<string, number> = new Map([
  ...strengthening.map((word) => [word, step] as const),
  ...weakening.map((word) => [word, -step] as const),
])

const negating = new Set(
  listed(`
  aint, arent, cannot, cant, couldnt, darent, didnt, doesnt, ain't, aren't, can't, couldn't, daren't, didn't, doesn't,
  dont, hadnt, hasnt, havent, isnt, mightnt, mustnt, neither, don't, hadn't, hasn't, haven't, isn't, mightn't, mustn't,
  neednt, needn't, never, none, nope, nor, not, nothing, nowhere, oughtnt, shant, shouldnt, uhuh, wasnt, werent,
  oughtn't, shan't, shouldn't, uh-uh, wasn't, weren't, without, wont, wouldnt, won't, wouldn't, rarely, seldom, despite`),
)

export const negates = (lower: string): boolean => negating.has(lower) || lower.includes("n't")

/** Phrases whose valence is not that of their words. */
export const phrases: ReadonlyMap<string, number> = new Map([
  ['the shit', 3],
  ['the bomb', 3],
  ['bad ass', 1.5],
  ['badass', 1.5],
  ['bus stop', 0],
  ['yeah right', -2],
  ['kiss of death', -1.5],
  ['to die for', 3],
  ['beating heart', 3.1],
  ['broken heart', -2.9],
])
