/** Texts a second on one core: what a text says, against the least that reading it costs, which is to split it. */
import { createDuplicateIndex, lexiconSentiment, understand } from '@/lib/language'
import { hamTexts, spamTexts } from '@/lib/language/training/written-spam'
import { intentTexts } from '@/lib/language/written.test-data'
import { head, median, only, ratio, shown, sizes } from './report'

const asked = sizes({ texts: [50_000], rounds: [5] })
const [count, rounds] = [only(asked.texts), only(asked.rounds)]
const written = [...intentTexts.map(([, text]) => text), ...spamTexts, ...hamTexts]
// A number makes each text another, so that no engine answers from memory.
const texts = Array.from({ length: count }, (_, n) => `${written[n % written.length] ?? ''} ${n}`)

/** Texts a second: the median over the rounds. What comes out is added up, so that nothing is left out as unused. */
function perSecond(read: (text: string, n: number) => number): number {
  return median(
    Array.from({ length: rounds }, () => {
      const started = performance.now()
      let sum = 0
      for (const [n, text] of texts.entries()) sum += read(text, n)
      if (Number.isNaN(sum)) throw new Error('Something was read as no number')
      return (texts.length / (performance.now() - started)) * 1_000
    }),
  )
}

head(`Language: ${count} texts of ${shown(texts.join('').length / count)} characters, ${rounds} rounds, one core`)
const index = createDuplicateIndex()
const split = perSecond((text) => text.split(/\s+/).length)
const lexicon = perSecond((text) => lexiconSentiment(text).compound)
const whole = perSecond((text) => understand(text).sentiment.score)
const merged = perSecond((text, n) => {
  const found = index.find(text).length
  index.add(String(n), text)
  return found
})
console.table([
  { of: 'text.split(/\\s+/)', 'texts/s': shown(split) },
  { of: 'lexiconSentiment', 'texts/s': shown(lexicon) },
  { of: 'understand', 'texts/s': shown(whole) },
  { of: 'find and add near-duplicates', 'texts/s': shown(merged) },
])
ratio('lexiconSentiment / split at white space, texts a second', lexicon / split)
ratio('understand / lexiconSentiment, texts a second', whole / lexicon)
