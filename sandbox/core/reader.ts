import { type Reply, html } from './call'
import { countsOf } from './growth'
import { type OpenNetwork, type World, accountById } from './network'
import { avatar, escapeHtml, page } from './page'
import { isVisible } from './posts'
import type { Account, Post, Segment } from './state'

type View = {
  readonly world: World
  readonly label: string
  readonly paths: Pick<OpenNetwork, 'profilePath' | 'permalinkPath'>
}

/** An account as its readers see it: newest first, threads and comments under their beginnings. */
export function accountPage(view: View, account: Account): Reply {
  const posts = view.world.posts
    .of(account.id)
    .filter((p) => isShown(view, p) && p.kind !== 'comment' && !answersOwnPost(view, p))
  const list = posts
    .toReversed()
    .slice(0, 100)
    .map((p) => thread(view, p))
    .join('')
  return html(
    200,
    page(
      `${account.name} – ${view.label} sandbox`,
      `<header class="row">${avatar(account.name)}<div><h1>${escapeHtml(account.name)}</h1><p class="soft" style="margin:0">${escapeHtml(account.handle)} · ${escapeHtml(view.label)} sandbox</p></div></header>
<p>${escapeHtml(account.bio)}</p>${list || '<p class="soft">Nothing has been posted here yet.</p>'}`,
    ),
  )
}

/** One post with what was answered. 404 when a reader could not see it; 410 when it was deleted. */
export function postPage(view: View, post: Post | undefined): Reply {
  if (!post || post.visibleAt > view.world.now())
    return html(404, page('Not found', '<h1>This post does not exist</h1>'))
  const parent = post.parentId === undefined ? undefined : view.world.posts.get(post.parentId)
  const above = parent
    ? `<p class="soft">Answer to <a href="${escapeHtml(view.paths.permalinkPath(parent))}">an earlier post</a></p>`
    : ''
  return html(
    post.deletedAt === undefined ? 200 : 410,
    page(`Post – ${view.label} sandbox`, above + thread(view, post)),
  )
}

/** Everyone who has an account here. */
export function frontPage(view: View, note: string): Reply {
  const rows = view.world.state.accounts
    .map(
      (a) =>
        `<div class="box row">${avatar(a.name)}<span><a class="who" href="${escapeHtml(view.paths.profilePath(a))}">${escapeHtml(a.name)}</a><br><span class="soft">${escapeHtml(a.handle)}</span></span></div>`,
    )
    .join('')
  return html(
    200,
    page(
      `${view.label} sandbox`,
      `<h1>${escapeHtml(view.label)} sandbox</h1><p class="soft">${escapeHtml(note)}</p>${rows}`,
    ),
  )
}

function isShown(view: View, post: Post): boolean {
  return post.deletedAt !== undefined || isVisible(post, view.world.now())
}

function answersOwnPost(view: View, post: Post): boolean {
  const parent = post.parentId === undefined ? undefined : view.world.posts.get(post.parentId)
  return parent?.accountId === post.accountId
}

function thread(view: View, post: Post, depth = 0): string {
  const answers = view.world.posts.answersTo(post.id).filter((p) => isShown(view, p))
  const below = depth < 100 ? answers.map((p) => thread(view, p, depth + 1)).join('') : ''
  // One step in at most: a long thread must stay readable on a phone.
  return onePost(view, post, depth > 0) + below
}

function onePost(view: View, post: Post, isAnswer: boolean): string {
  const box = `<article class="box${isAnswer ? ' answer' : ''}" data-post="${escapeHtml(post.id)}">`
  if (post.deletedAt !== undefined)
    return `${box}<p class="gone">This ${post.kind === 'comment' ? 'comment' : 'post'} is gone.</p></article>`
  const author = accountById(view.world, post.accountId)
  const when = new Date(post.createdAt).toISOString()
  const figures = countsOf(view.world, post)
  const card = post.card
    ? link(
        post.card.url,
        ' class="card"',
        `${thumb(post.card.thumb)}<span class="who">${escapeHtml(post.card.title || post.card.url)}</span><br><span class="soft">${escapeHtml(post.card.description)}</span>`,
      )
    : ''
  const poll = post.poll ? `<ul>${post.poll.map((o) => `<li>${escapeHtml(o)}</li>`).join('')}</ul>` : ''
  return `${box}<span class="who">${escapeHtml(author?.name ?? 'Unknown')}</span> <span class="soft">${escapeHtml(author?.handle ?? '')}</span>
<div class="text">${post.rich.map(segment).join('')}</div>${media(post)}${card}${poll}
<p class="soft" style="margin:0"><a href="${escapeHtml(view.paths.permalinkPath(post))}"><time datetime="${when}">${when.slice(0, 16).replace('T', ' ')} UTC</time></a> · ${figures.likes} likes</p></article>`
}

const thumb = (url: string | undefined): string => (url ? `<img class="thumb" src="${escapeHtml(url)}" alt="">` : '')

function segment(part: Segment): string {
  return part.href === undefined ? escapeHtml(part.text) : link(part.href, '', escapeHtml(part.text))
}

/** A link, or its inside alone when the address is of a kind that a browser would run. `inside` is HTML. */
function link(href: string, attributes: string, inside: string): string {
  const isSafe = href.startsWith('/') || /^https?:\/\//i.test(href)
  return isSafe
    ? `<a${attributes} href="${escapeHtml(href)}" rel="nofollow">${inside}</a>`
    : `<span${attributes}>${inside}</span>`
}

/** The files of a post, for its page. */
export function media(post: Pick<Post, 'media'>): string {
  if (post.media.length === 0) return ''
  const figures = post.media.map((m) => {
    const src = `/media/${m.blob}`
    const alt = m.alt ? `<figcaption class="soft">${escapeHtml(m.alt)}</figcaption>` : ''
    if (m.mime.startsWith('image/')) return `<figure><img src="${src}" alt="${escapeHtml(m.alt)}">${alt}</figure>`
    if (m.mime.startsWith('video/'))
      return `<figure><video src="${src}"${m.cover ? ` poster="/media/${m.cover}"` : ''} controls preload="metadata" aria-label="${escapeHtml(m.alt)}"></video>${alt}</figure>`
    return `<figure><a href="${src}">Document</a>${alt}</figure>`
  })
  return `<div class="media">${figures.join('')}</div>`
}
