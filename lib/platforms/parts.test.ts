import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { networks as imitated } from '@/sandbox/networks'
import { adapters } from '@/scripts/adapters.mjs'
import * as adapterOf from './adapters'
import { imitatedBy, ways } from './ways.fixture'
import { platformNames, platforms, providers, type Platform, type Provider } from '.'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const [networksPage, settingsPage] = [read('docs/networks.md'), read('docs/settings.md')]

/** Each as a pair of what must be so, and the sentence for whoever forgot it. */
type Demand = readonly [holds: boolean, otherwise: string]

function demandsOf(speaker: Platform | Provider): readonly Demand[] {
  const { name, label, connections, place } = speaker
  const here = imitated.find((network) => network.name === name)
  const doors = connections.map((method) => method.name)
  const variables = connections.flatMap(({ needs }) => needs?.variables ?? [])
  return [
    [
      existsSync(path.join(root, 'lib/platforms', name)),
      `The adapter of lib/platforms/adapters.ts that is called ${name} is in a folder of another name.`,
    ],
    ...doors.map((door): Demand => [
      ways.some((way) => imitatedBy(way) === name && way.method === door),
      `lib/platforms/${name}/contract.fixture.ts has no way for the connection method “${door}”: the contract is not asked of it.`,
    ]),
    [
      here !== undefined,
      `The sandbox does not imitate ${name}: sandbox/${name}/index.ts must export a Network called ${name}.`,
    ],
    [
      here === undefined || here.demo.length > 0,
      `sandbox/${name}/index.ts names no account that the demo connects: give its \`demo\` one.`,
    ],
    ...(here?.demo ?? []).map(({ door }): Demand => [
      doors.includes(door),
      `The demo of sandbox/${name} goes through the door “${door}”, and the adapter has ${doors.join(', ')}.`,
    ]),
    ...(place.ownApps ?? []).map((app): Demand => [
      here?.apps[app] !== undefined,
      `lib/platforms/${name}/place.ts gives “${app}” an app of its own, and sandbox/${name}/index.ts has no such app.`,
    ]),
    [
      new RegExp(`^\\| (\\[|\`)?${label}\\b`, 'm').test(networksPage),
      `docs/networks.md has no row that begins with ${label}: what it publishes, and what it was held against.`,
    ],
    ...variables.map((variable): Demand => [
      settingsPage.includes(`\`${variable}\``),
      `docs/settings.md does not say what ${variable} is and where to get it.`,
    ]),
  ]
}

test.for([...platformNames.map((name) => platforms[name]), ...providers])('nothing of $label is missing', (speaker) => {
  expect(demandsOf(speaker).flatMap(([holds, otherwise]) => (holds ? [] : [otherwise]))).toEqual([])
})

test('the list of adapters is written from the list of networks', () => {
  expect(
    read('lib/platforms/adapters.ts'),
    'lib/platforms/adapters.ts is not current. `npm run prisma -- generate` writes it; `npm start`, `npm run dev` and `npm test` do, too.',
  ).toBe(adapters())
})

test('each adapter is called as in its list, and every folder that says what it is is in the list', () => {
  for (const [name, adapter] of Object.entries(adapterOf))
    expect(adapter.name, `lib/platforms/adapters.ts exports ${name}, whose name is ${adapter.name}.`).toBe(name)
  const told = readdirSync(import.meta.dirname).filter((folder) =>
    existsSync(path.join(import.meta.dirname, folder, 'about.ts')),
  )
  const names: readonly string[] = platformNames
  expect(
    told
      .filter((folder) => !names.includes(folder))
      .map((folder) => `${folder} has no line in lib/platforms/networks.ts.`),
  ).toEqual([])
})

test('a port of the sandbox is one network’s alone', () => {
  expect(new Set(imitated.map(({ port }) => port)).size).toBe(imitated.length)
})
