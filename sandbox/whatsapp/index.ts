import { z } from 'zod'
import { appWith } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, html, json, param } from '../core/call'
import { appSecret, internalProblem, paramsOf, tokenOf, unknownPath, usageHeaders } from '../core/graph'
import { appRoutes, hookApp } from '../core/graph-hooks'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById } from '../core/network'
import { escapeHtml, page } from '../core/page'
import { isVisible } from '../core/posts'
import { frontPage, media } from '../core/reader'
import type { Account, Post } from '../core/state'
import { appId, createAccount, dayToken, seed, systemToken } from './accounts'
import { groupChatOf, groupOf, isChatOf } from './chats'
import { fileRoute } from './files'
import { messageRoutes } from './messages'
import { usernameOf } from './people'
import { tooMany } from './problems'
import { readRoutes } from './reads'
import { speak, verbs } from './speak'

export const whatsapp: Network = {
  name: 'whatsapp',
  label: 'WhatsApp',
  port: 15,
  apps: { default: appWith(appId) },
  demo: [{ door: 'number', fillIn: { number: '106540352242922', token: 'EAAsandboxSystemUserNorthwind' } }],
  seed,
  createAccount,
  open,
}

const rowOf =
  (world: World) =>
  ({ id, accountId, text, media: files, record }: Post): string => {
    const { quotes } = Quoting.parse(record)
    const quoted = quotes === undefined ? undefined : world.posts.get(quotes)
    return [
      `<article class="box" data-post="${escapeHtml(id)}"><span class="who">${escapeHtml(accountById(world, accountId)?.name ?? '')}</span>`,
      quoted ? `<blockquote class="soft">${escapeHtml(quoted.text)}</blockquote>` : '',
      `<div class="text">${escapeHtml(text)}</div>${media({ media: files })}`,
      world.state.facts[`read:${id}`] ? '<span class="soft">Read</span>' : '',
      '</article>',
    ].join('')
  }
const Quoting = z.looseObject({ quotes: z.string().optional() })

const saidIn = (world: World, isIn: (chat: string) => boolean): string =>
  world.posts.all
    .filter((one) => isVisible(one, world.now()) && isIn(one.parentId ?? ''))
    .map(rowOf(world))
    .join('')

/** Every chat of a number, or with it, as those who take part see it. */
function chatsPage(world: World, account: Account) {
  const { handle, name } = account
  const username = usernameOf(world, account)
  const said = saidIn(world, (chat) => isChatOf(account, chat) || chat.endsWith(`_${handle}`))
  return html(
    200,
    page(
      `${name} – WhatsApp sandbox`,
      `<h1>${escapeHtml(name)}</h1><p class="soft">${escapeHtml(username === undefined ? `+${handle}` : `@${username}`)}</p>${said || '<p class="soft">Nobody has written yet.</p>'}`,
    ),
  )
}

/** A group as those in it see it. */
function groupPage(world: World, of: Account) {
  const { id, group, readers } = groupChatOf(world, of)
  const names = [of, ...readers].map(({ name }) => name).join(', ')
  return html(
    200,
    page(
      `${group.subject} – WhatsApp sandbox`,
      `<h1>${escapeHtml(group.subject)}</h1><p class="soft">${escapeHtml(names)}</p>${saidIn(world, (chat) => chat === id) || '<p class="soft">Nobody has written yet.</p>'}`,
    ),
  )
}

const Said = z.object({ body: z.string() })
const Captioned = z.object({ caption: z.string() })

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/${account.handle}`
  /** A message is in the chat of the person it went to, or came from, or in that of the group. */
  const permalinkPath = ({ parentId, accountId }: Post) =>
    `/${parentId?.split('_').at(-1) ?? accountById(world, accountId)?.handle ?? ''}`
  const view = { world, label: 'WhatsApp', paths: { profilePath, permalinkPath } }
  return {
    routes: [
      ...appRoutes(world),
      ...messageRoutes(world),
      ...readRoutes(world),
      fileRoute(world),
      avatarRoute(world),
      mediaRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose a number to see its chats.') },
      {
        method: 'GET',
        path: '/:number',
        handle(call) {
          const name = param(call, 'number')
          const account = accountByHandle(world, name)
          const owner = world.state.accounts.find((one) => groupOf(one).id === name)
          return account ? chatsPage(world, account) : owner ? groupPage(world, owner) : unknownPath(call)
        },
      },
    ],
    accountsOf(call: Call) {
      const account = accountById(world, tokenOf(world, call)?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    textOf(call) {
      const { text, image, video, document } = paramsOf(call)
      return Said.safeParse(text).data?.body ?? Captioned.safeParse(image ?? video ?? document).data?.caption
    },
    rateLimited: () => tooMany(),
    internalError: () => internalProblem(),
    notFound: (call) => (call.method === 'GET' ? json(404, { error: 'Not Found' }) : unknownPath(call)),
    rateHeaders: (window) =>
      usageHeaders(window, { id: world.state.accounts[0]?.id ?? '0', type: 'messenger', now: world.now() }),
    profilePath,
    permalinkPath,
    verbs: () => verbs,
    speak: (spoken) => speak(world, spoken),
    portal: (wish) => hookApp(world, wish, 'messages'),
    signIn: `A system user’s token: ${systemToken}, for the number 106540352242922; ${dayToken} ends after a day. Webhooks go to the app ${appId} and are signed with ${appSecret}.`,
  }
}
