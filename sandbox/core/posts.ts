import type { World } from './network'
import type { Account, Post } from './state'

/** All that one network ever showed, with the indexes that reads need. */
export class Posts {
  private readonly byId = new Map<string, Post>()
  private readonly byAccount = new Map<string, Post[]>()
  private readonly byParent = new Map<string, Post[]>()
  private readonly byText = new Map<string, Post[]>()

  constructor(private readonly list: Post[]) {
    for (const post of list) this.index(post)
  }

  get all(): readonly Post[] {
    return this.list
  }

  add(post: Post): Post {
    this.list.push(post)
    this.index(post)
    return post
  }

  get(id: string): Post | undefined {
    return this.byId.get(id)
  }

  /** Oldest first, deleted and not yet visible ones included. */
  of(accountId: string): readonly Post[] {
    return this.byAccount.get(accountId) ?? []
  }

  answersTo(id: string): readonly Post[] {
    return this.byParent.get(id) ?? []
  }

  /** Posts of an account that were created with this very text. */
  withText(accountId: string, text: string): readonly Post[] {
    return this.byText.get(`${accountId}\n${text}`) ?? []
  }

  private index(post: Post): void {
    this.byId.set(post.id, post)
    put(this.byAccount, post.accountId, post)
    put(this.byText, `${post.accountId}\n${post.text}`, post)
    if (post.parentId !== undefined) put(this.byParent, post.parentId, post)
  }
}

function put(map: Map<string, Post[]>, key: string, post: Post): void {
  const list = map.get(key)
  if (list) list.push(post)
  else map.set(key, [post])
}

/** What an account has shown last, of what can still be seen. */
export const latestOf = (world: World, account: Account): Post | undefined =>
  world.posts.of(account.id).findLast((post) => post.kind === 'post' && isVisible(post, world.now()))

/** Can a reader see it at `now`? */
export function isVisible(post: Post, now: number): boolean {
  return post.deletedAt === undefined && post.visibleAt <= now
}
