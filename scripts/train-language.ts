/**
 * node --import tsx scripts/train-language.ts [lexicon] [words] [sentiment] [offensive] [spam]
 * Writes what lib/language ships, from the labelled texts in DATA_DIR. The same data gives the same bytes.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ratedWords, vaderEmoji, vaderLexicon } from '@/lib/language/training/data'
import {
  offensiveExamples,
  offensiveRecipe,
  sentimentExamples,
  sentimentRecipe,
  spamExamples,
  spamRecipe,
  train,
} from '@/lib/language/training/recipes'

const room = path.resolve(import.meta.dirname, '../lib/language')
const write = (file: string, value: object) => {
  writeFileSync(path.join(room, file), `${JSON.stringify(value, null, 2)}\n`)
  console.log(`lib/language/${file}`)
}

const makes: Readonly<Record<string, () => void>> = {
  lexicon: () => {
    write('vader/lexicon.json', vaderLexicon())
    write('vader/emoji.json', vaderEmoji())
  },
  words: () => write('vader/english.json', ratedWords()),
  sentiment: () => write('model/sentiment.json', train(sentimentRecipe, sentimentExamples())),
  spam: () => write('model/spam.json', train(spamRecipe, spamExamples())),
  offensive: () => write('model/offensive.json', train(offensiveRecipe, offensiveExamples())),
}

const asked = process.argv.slice(2)
for (const name of asked.length > 0 ? asked : Object.keys(makes)) {
  const make = makes[name]
  if (!make) throw new Error(`There is nothing called ${name}; there are ${Object.keys(makes).join(', ')}`)
  make()
}
