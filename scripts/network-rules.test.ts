import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { platforms } from '@/lib/platforms'
import { at } from './place.mjs'
import { accounts, rules, withRules } from './network-rules'

const page = (name: string): string => readFileSync(at(`docs/networks/${name}.md`), 'utf8')

test.for([...rules.keys()])('the page of %s says what a post may be as its rules have it', (name) => {
  expect(page(name) === withRules(page(name), name), `docs/networks/${name}.md is not current: npm run rules`).toBe(
    true,
  )
})

test('every network has a page, and every page a network', () => {
  const pages = readdirSync(at('docs/networks')).map((file) => file.replace(/\.md$/, ''))
  expect(pages.toSorted()).toEqual([...rules.keys()].toSorted())
})

test('a number that changes is seen on the page', () => {
  expect(page('x')).toContain('up to 280 weighted characters, a link as 23')
  const stale = page('x').replace('up to 280 weighted', 'up to 140 weighted')
  expect(withRules(stale, 'x')).toBe(page('x'))
})

test('a page says of one film and its cover what they are, and not that any two files may be it', () => {
  for (const name of ['instagram', 'pinterest', 'youtube'])
    expect(rules.get(name)).toMatch(
      /^\| Files together .*\| up to 1 video and up to 1 picture; there must be a video +\|/m,
    )
})

test('a page names no file and no place for a link that a post cannot have', () => {
  expect(rules.get('tiktok')).toContain('pictures, or one video; there')
  expect(rules.get('pinterest')).not.toContain('GIF')
  expect(rules.get('x')).toContain('pictures, or one video, or one GIF')
  expect(rules.get('reddit')).toMatch(/^\| Link .*stands apart from the text, without files; there must be one +\|$/m)
  expect(rules.get('reddit')).toMatch(/^\| Video .*\| none +\|$/m)
  expect(rules.get('reddit')).toMatch(/^\| Files together .*\| none +\|$/m)
  expect(rules.get('threads')).toMatch(/^\| Link .*without files +\| stands in the text, and counts there +\|$/m)
  expect(rules.get('telegram')).toContain('any kind; a GIF alone, unless `asFiles` is on')
  for (const name of ['instagram', 'facebook']) expect(rules.get(name)).toMatch(/^\| Link .*\| none +\|$/m)
})

test('a page names no type that the library does not take, though the network does', () => {
  expect(platforms.youtube.limits.video.mimes).toContain('video/mpeg')
  expect(rules.get('youtube')).toMatch(/^\| Video .*\| MP4, MOV, WebM; /m)
  for (const one of rules.values()) expect(one).not.toMatch(/\b(MPEG|AVI|M4V|3GP|MKV)\b|video\//)
})

test.for(Object.entries(accounts))(
  'the accounts of %s that a page tells apart have limits that differ',
  ([name, listed]) => {
    const platform = Object.values(platforms).find((one) => one.name === name)
    const limits = listed.map(({ traits }) => JSON.stringify(platform?.limitsFor?.(traits)))
    expect(new Set(limits).size).toBe(listed.length)
    expect(limits).not.toContain(undefined)
  },
)

test('the page of a provider says what a format lacks there, and which choices', () => {
  expect(rules.get('ayrshare')).toMatch(/^\| Instagram +\| Pictures +\| Reel +\| none +\|$/m)
  expect(rules.get('ayrshare')).toMatch(/^\| Instagram +\| Choices .*`collaborators`.*\|$/m)
})
