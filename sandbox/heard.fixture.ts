import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Heard } from './core/speaking.fixture'
import { networks } from './networks'

type Said = Required<Omit<Heard, 'twin'>> & Pick<Heard, 'twin'>

/** Every network whose folder says who is heard there. */
export const heard: ReadonlyMap<string, Said> = new Map(
  await Promise.all(
    networks
      .map(({ name }) => name)
      .filter((name) => existsSync(path.join(import.meta.dirname, name, 'speaker.fixture.ts')))
      .map(heardOn),
  ),
)

async function heardOn(name: string): Promise<[string, Said]> {
  // Each says so by its own type; an import by a name that is put together forgets it.
  const found = (await import(`./${name}/speaker.fixture.ts`)) as { readonly heard: Heard }
  return [name, { operation: 'publish', created: 200, expired: 401, limited: 429, tooLong: 4_000, ...found.heard }]
}
