import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody, param } from '../core/call'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { callerOf } from './caller'
import { numericId } from './ids'
import { reads, writes } from './limits'
import { pageOf } from './paging'
import { boardNotFound, invalid, notPermitted } from './problems'
import { recordOf } from './record'
import { pinView } from './views'

const Board = z.object({
  id: z.string(),
  ownerId: z.string(),
  name: z.string(),
  description: z.string(),
  privacy: z.enum(['PUBLIC', 'PROTECTED', 'SECRET']),
  adsOnly: z.boolean(),
  createdAt: z.number(),
  sections: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type Board = z.infer<typeof Board>

const key = (id: string): string => `board:${id}`
function keepBoard(world: World, board: Board): void {
  world.state.facts[key(board.id)] = JSON.stringify(board)
}
export function boardById(world: World, id: string): Board | undefined {
  const kept = world.state.facts[key(id)]
  return kept === undefined ? undefined : Board.parse(JSON.parse(kept))
}
export const boardsOf = (world: World, account: Account): readonly Board[] =>
  Object.keys(world.state.facts)
    .flatMap((name) => (name.startsWith('board:') ? [boardById(world, name.slice('board:'.length))] : []))
    .filter((board) => board?.ownerId === account.id)
    .filter((board) => board !== undefined)

/** A caller's own board, or the refusal. */
export function ownBoard(world: World, caller: Account, id: string): { board: Board } | { refusal: Reply } {
  const board = boardById(world, id)
  if (!board) return { refusal: boardNotFound() }
  return board.ownerId === caller.id ? { board } : { refusal: notPermitted() }
}

/** Newest first. */
const pinsOn = (world: World, board: Board, section?: string): readonly Post[] =>
  world.posts
    .of(board.ownerId)
    .filter((post) => {
      const record = recordOf(post)
      return (
        record?.board_id === board.id &&
        (section === undefined || record.board_section_id === section) &&
        isVisible(post, world.now())
      )
    })
    .toReversed()

const NewBoard = z.object({
  name: z.string().min(1).max(180),
  description: z.string().nullish(),
  privacy: z.enum(['PUBLIC', 'PROTECTED', 'SECRET']).default('PUBLIC'),
})
const NewSection = z.object({ name: z.string().min(1).max(180) })

export function boardRoutes(world: World): readonly Route[] {
  const boards = '/v5/boards'
  const sections = `${boards}/:board/sections`
  const pins = (call: Call) => listPins(world, call)
  return [
    { method: 'GET', path: boards, operation: 'profile', limit: reads, handle: (call) => list(world, call) },
    { method: 'POST', path: boards, limit: writes, handle: (call) => create(world, call) },
    { method: 'GET', path: `${boards}/:board`, operation: 'profile', limit: reads, handle: (call) => get(world, call) },
    { method: 'GET', path: `${boards}/:board/pins`, operation: 'read', limit: reads, handle: pins },
    { method: 'GET', path: sections, operation: 'profile', limit: reads, handle: (call) => listSections(world, call) },
    { method: 'POST', path: sections, limit: writes, handle: (call) => createSection(world, call) },
    { method: 'GET', path: `${sections}/:section/pins`, operation: 'read', limit: reads, handle: pins },
  ]
}

const boardView = (world: World, board: Board) => ({
  id: board.id,
  name: board.name,
  description: board.description,
  privacy: board.privacy,
  is_ads_only: board.adsOnly,
  owner: { username: accountById(world, board.ownerId)?.handle ?? '' },
  created_at: new Date(board.createdAt).toISOString(),
  board_pins_modified_at: new Date(pinsOn(world, board)[0]?.createdAt ?? board.createdAt).toISOString(),
  collaborator_count: 0,
  follower_count: 0,
  pin_count: pinsOn(world, board).length,
  media: { image_cover_url: null, pin_thumbnail_urls: [] },
})

function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'boards')
  if ('refusal' in caller) return caller.refusal
  const privacy = call.query.get('privacy') ?? 'ALL'
  const shown = boardsOf(world, caller.account).filter((board) => privacy === 'ALL' || board.privacy === privacy)
  return pageOf(call, shown, (board) => boardView(world, board))
}

function create(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'writeBoards')
  if ('refusal' in caller) return caller.refusal
  const wish = NewBoard.safeParse(jsonBody(call))
  if (!wish.success) return invalid()
  const board = newBoard(world, caller.account, wish.data.name, {
    privacy: wish.data.privacy,
    description: wish.data.description ?? '',
  })
  return json(201, boardView(world, board))
}

export function newBoard(world: World, owner: Account, name: string, more: Partial<Board> = {}): Board {
  const board: Board = {
    id: numericId(world),
    ownerId: owner.id,
    name,
    description: '',
    privacy: 'PUBLIC',
    adsOnly: false,
    createdAt: world.now(),
    sections: [],
    ...more,
  }
  keepBoard(world, board)
  return board
}

function get(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'boards')
  if ('refusal' in caller) return caller.refusal
  const found = ownBoard(world, caller.account, param(call, 'board'))
  return 'refusal' in found ? found.refusal : json(200, boardView(world, found.board))
}

function listPins(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'pins')
  if ('refusal' in caller) return caller.refusal
  const found = ownBoard(world, caller.account, param(call, 'board'))
  if ('refusal' in found) return found.refusal
  const { section } = call.params
  return pageOf(call, pinsOn(world, found.board, section), (post) => pinView(world, post, caller.account))
}

function listSections(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'boards')
  if ('refusal' in caller) return caller.refusal
  const found = ownBoard(world, caller.account, param(call, 'board'))
  return 'refusal' in found ? found.refusal : pageOf(call, found.board.sections, (section) => section)
}

function createSection(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'writeBoards')
  if ('refusal' in caller) return caller.refusal
  const found = ownBoard(world, caller.account, param(call, 'board'))
  if ('refusal' in found) return found.refusal
  const wish = NewSection.safeParse(jsonBody(call))
  if (!wish.success) return invalid()
  const section = { id: numericId(world), name: wish.data.name }
  keepBoard(world, { ...found.board, sections: [...found.board.sections, section] })
  return json(201, section)
}
