import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const home = path.resolve(import.meta.dirname, '..')

type Named = { readonly file: string; readonly name: string }
type Module = {
  readonly declared: ReadonlyMap<string, ts.Node>
  /** Names of here and what they are elsewhere, by import or by export from. */
  readonly elsewhere: ReadonlyMap<string, Named>
}

function fileOf(from: string, asked: string): string | undefined {
  const place = asked.startsWith('@/')
    ? path.join(home, asked.slice(2))
    : asked.startsWith('.')
      ? path.resolve(path.dirname(from), asked)
      : undefined
  if (place === undefined) return undefined
  return [`${place}.ts`, `${place}/index.ts`].find((file) => existsSync(file))
}

const isNamed = ({ propertyName }: ts.BindingElement, name: string): boolean =>
  propertyName !== undefined && ts.isIdentifier(propertyName) && propertyName.text === name

function parse(file: string): Module {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const declared = new Map<string, ts.Node>()
  const elsewhere = new Map<string, Named>()
  for (const line of source.statements) {
    if (ts.isFunctionDeclaration(line) && line.name) declared.set(line.name.text, line)
    if (ts.isVariableStatement(line))
      for (const one of line.declarationList.declarations)
        if (ts.isIdentifier(one.name)) declared.set(one.name.text, one)
        // Of what `forgetting` makes, the other is a sweep.
        else
          for (const part of one.name.elements)
            if (ts.isBindingElement(part) && ts.isIdentifier(part.name) && isNamed(part, 'forget'))
              declared.set(part.name.text, one)
    const names =
      ts.isImportDeclaration(line) &&
      line.importClause?.namedBindings &&
      ts.isNamedImports(line.importClause.namedBindings)
        ? line.importClause.namedBindings.elements
        : ts.isExportDeclaration(line) && line.exportClause && ts.isNamedExports(line.exportClause)
          ? line.exportClause.elements
          : []
    const asked = ts.isImportDeclaration(line) || ts.isExportDeclaration(line) ? line.moduleSpecifier : undefined
    const from = asked && ts.isStringLiteral(asked) ? fileOf(file, asked.text) : undefined
    if (from)
      for (const { name, propertyName } of names)
        elsewhere.set(name.text, { file: from, name: (propertyName ?? name).text })
  }
  return { declared, elsewhere }
}

const parsed = new Map<string, Module>()
function moduleAt(file: string): Module {
  const known = parsed.get(file) ?? parse(file)
  parsed.set(file, known)
  return known
}

/** Where a name is declared, through however many doors. */
function declarationOf({ file, name }: Named): { readonly file: string; readonly node: ts.Node } | undefined {
  const { declared, elsewhere } = moduleAt(file)
  const node = declared.get(name)
  if (node) return { file, node }
  const there = elsewhere.get(name)
  return there && declarationOf(there)
}

/** `record(…)`, `work.record(…)`: an event. `z.record(…)` is a shape. */
const isRecord = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  (ts.isIdentifier(node.expression)
    ? node.expression.text === 'record'
    : ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'record' &&
      !(ts.isIdentifier(node.expression.expression) && node.expression.expression.text === 'z'))

type Facts = { readonly records: boolean; readonly mentions: readonly string[] }
const known = new Map<ts.Node, Facts>()

/** Whether a declaration records an event itself, and every name in it. */
function factsOf(declaration: ts.Node): Facts {
  const facts = known.get(declaration) ?? lookAt(declaration)
  known.set(declaration, facts)
  return facts
}

function lookAt(declaration: ts.Node): Facts {
  let does = false
  const mentions = new Set<string>()
  const look = (node: ts.Node): void => {
    if (isRecord(node)) does = true
    if (ts.isIdentifier(node)) mentions.add(node.text)
    ts.forEachChild(node, look)
  }
  look(declaration)
  return { records: does, mentions: [...mentions] }
}

/** Whether what is named, or anything it mentions, records an event. */
function records(named: Named, seen = new Set<ts.Node>()): boolean {
  const found = declarationOf(named)
  if (!found || seen.has(found.node)) return false
  seen.add(found.node)
  const facts = factsOf(found.node)
  return facts.records || facts.mentions.some((name) => records({ file: found.file, name }, seen))
}

const sources = readdirSync(path.join(home, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(test|fixture|test-data|arbitrary)\.ts$|^(core|platforms)\//.test(file))
  .map((file) => path.join(home, 'lib', file))

const makers = ['operation', 'visitorOperation', 'upkeepOperation', 'forgetting']

/** Everything declared with one of these, as `room.name`. */
const declaredBy = (makers: readonly string[]) =>
  sources.flatMap((file) =>
    [...moduleAt(file).declared].flatMap(([name, node]) =>
      ts.isVariableDeclaration(node) &&
      node.initializer &&
      ts.isCallExpression(node.initializer) &&
      ts.isIdentifier(node.initializer.expression) &&
      makers.includes(node.initializer.expression.text)
        ? [{ file, name, label: `${path.relative(path.join(home, 'lib'), file).split(path.sep)[0]}.${name}` }]
        : [],
    ),
  )

/** What records no event, and why. */
const silent: Readonly<Record<string, string>> = {
  'accounts.recallAccount': 'only reads',
  'accounts.resealAccount': 'the same secrets under another key: nothing that anybody did',
  'accounts.forgetAttempt': 'that the consent was begun is recorded; its secret is over',
  'ai.draftAnswer': 'gives words to its caller, which records that they were proposed',
  'ai.readMessage': 'gives a reading to its caller; what it cost is in the ledger of costs',
  'ai.resealAiKey': 'the same key under another key',
  'billing.expireReservation': 'the ledger of costs is its own record',
  'billing.noteCacheHit': 'the ledger of costs is its own record',
  'billing.releaseBudget': 'the ledger of costs is its own record',
  'billing.reserveBudget': 'the ledger of costs is its own record',
  'billing.settleBudget': 'the ledger of costs is its own record',
  'inbox.askAboutRemoved': 'plans what to ask of posts whose removal was recorded',
  'inbox.forgetReadings': 'what was decided by them was recorded',
  'inbox.forgetStrayFiles': 'what a message had is gone with it, which was recorded',
  'inbox.holdConversation': 'that somebody has a conversation open is told live, and is over in a minute',
  'inbox.noticeMessage': 'plans a reading of a message whose coming was recorded',
  'inbox.releaseConversation': 'as holding it',
  'inbox.watchAccount': 'plans what to ask of an account whose connection was recorded',
  'inbox.watchPosts': 'plans what to ask of posts whose publication was recorded',
  'media.beginUpload': 'nothing is in the library before the upload ends, which is recorded',
  'media.countMissingPages': 'how long a file is was so when its coming was recorded',
  'media.forgetStrays': 'nothing of it was ever in the library',
  'media.forgetWork': 'what came of it was recorded',
  'media.forgetUpload': 'nothing of it was ever in the library',
  'media.openPublicMedia': 'only reads',
  'media.receivePiece': 'nothing is in the library before the upload ends',
  'media.startWork': 'the file that comes of it is recorded',
  'media.stopUpload': 'nothing of it was ever in the library',
  'notifications.readNotifications': 'that one has read something concerns oneself alone',
  'notifications.tellPeople': 'what people are told of was recorded',
  'posts.queueVariant': 'puts on the queue what was recorded as scheduled',
  'routing.stayPresent': 'a sign of life every minute, of each open page',
  'webhooks.forgetDeliveries': 'forgets what is over; the events stay',
  'webhooks.resealWebhook': 'the same secrets under another key',
  'webhooks.tellPrograms': 'plans to tell what was recorded',
  'workspace.deliverMail': 'what the mail is about was recorded; the mail has its own row',
  'workspace.forgetIncoming': 'a part of erasing a contact, which is recorded',
  'workspace.handOnIncoming': 'what came in; whose it is hears of it by an event',
  'workspace.holdLine': 'which process keeps a line to a network open, and only for as long as it does',
  'workspace.leaveLine': 'as holding it',
  'workspace.readIncoming': 'only reads',
  'workspace.readInvitation': 'only reads',
  'workspace.readOutbox': 'only reads',
  'workspace.resealMail': 'the same mail under another key',
  'workspace.tidyUp': 'forgets what is over, and nothing that the trail is about',
  'workspace.sealEvents': 'writes the chain over the events themselves',
}

test('whatever changes something records an event, or is listed here with its reason', () => {
  const operations = declaredBy(makers)
  expect(operations.length).toBeGreaterThan(100)
  const unrecorded = operations.filter((one) => !records(one)).map(({ label }) => label)
  expect(unrecorded.toSorted()).toEqual(Object.keys(silent).toSorted())
})
