/** npm run rules: writes into docs/networks what lib/platforms says a post may be. */
import { readFileSync, writeFileSync } from 'node:fs'
import { rules, withRules } from './network-rules'
import { at } from './place.mjs'

for (const name of rules.keys()) {
  const file = at(`docs/networks/${name}.md`)
  writeFileSync(file, withRules(readFileSync(file, 'utf8'), name))
}
