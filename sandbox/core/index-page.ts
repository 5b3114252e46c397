import type { Running } from './admin'
import { faultNames } from './faults'
import { type World, accountById } from './network'
import { escapeHtml, page } from './page'
import { scenarioNames, scenarios } from '../scenario/plan'
import type { SceneView } from '../scenario/scenes'
import type { Account, State } from './state'

const recentPosts = 20

/** The front page of the admin server: networks, accounts with their passwords, what was posted last. */
export function indexPage(running: readonly Running[], state: State, scenes: readonly SceneView[]): string {
  const networks = running.map(network).join('')
  const faults = state.faults.filter((f) => f.left > 0)
  const waiting = faults.length
    ? `<table><tr><th>Network</th><th>Operation</th><th>Fault</th><th>Left</th></tr>${faults.map((f) => `<tr><td>${escapeHtml(f.network)}</td><td>${f.operation}</td><td><code>${f.fault}</code></td><td>${f.left}</td></tr>`).join('')}</table>`
    : '<p class="soft">None.</p>'
  return page(
    'Sandbox networks',
    `<h1>Sandbox networks</h1><p class="soft">Imitations on this computer only. Nothing here reaches the internet.</p>
<h2>Readers</h2><p class="soft">Let them comment, write, mention, like and share: an hour of a scenario passes in a minute.</p>
<div class="buttons">${scenarioNames.map((name) => `<form method="post" action="/scenarios/${name}"><button>${escapeHtml(scenarios[name].label)}</button></form>`).join('')}</div>
${scenes.length ? `<ul>${scenes.map(({ label, done, of, speed, failedSteps }) => `<li>${escapeHtml(label)}: ${done} of ${of}, ${speed} times as fast${failedSteps > 0 ? `, ${failedSteps} came to nothing (see the log)` : ''}</li>`).join('')}</ul>` : ''}
${networks}
<h2>Faults that wait</h2>${waiting}<p class="soft">Or write one in a post: ${faultNames
      .filter((f) => f !== 'slow_media')
      .map((f) => `<code>#fault:${f}</code>`)
      .join(' ')}. See docs/sandbox.md.</p>`,
  )
}

function network({ network, open, world }: Running): string {
  const accounts = world.state.accounts
    .map(
      (a) =>
        `<tr><td><a href="${escapeHtml(world.url() + open.profilePath(a))}">${escapeHtml(a.name)}</a></td><td><code>${escapeHtml(a.handle)}</code></td><td>${howToSignIn(world, a)}</td></tr>`,
    )
    .join('')
  const posts = world.posts.all
    .slice(-recentPosts)
    .toReversed()
    .map(
      (p) =>
        `<li><a href="${escapeHtml(world.url() + open.permalinkPath(p))}">${escapeHtml(p.text.slice(0, 80) || '(no text)')}</a>${p.deletedAt === undefined ? '' : ' <span class="soft">gone</span>'}</li>`,
    )
    .join('')
  return `<section><h2><a href="${escapeHtml(world.url())}">${escapeHtml(network.label)}</a></h2><p class="soft">${escapeHtml(open.signIn)}</p>
<table><tr><th>Account</th><th>Handle</th><th>Password</th></tr>${accounts}</table>${posts ? `<ul>${posts}</ul>` : '<p class="soft">Nothing posted yet.</p>'}</section>`
}

function howToSignIn(world: World, account: Account): string {
  if (account.password) return `<code>${escapeHtml(account.password)}</code>`
  const managers = account.managers.flatMap((id) => accountById(world, id)?.name ?? [])
  const how = account.kind === 'page' ? `comes with ${managers.join(' or ')}` : 'choose it on the consent page'
  return `<span class="soft">${escapeHtml(how)}</span>`
}
