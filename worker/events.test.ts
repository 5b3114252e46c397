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

function parse(file: string): Module {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const declared = new Map<string, ts.Node>()
  const elsewhere = new Map<string, Named>()
  for (const line of source.statements) {
    if (ts.isFunctionDeclaration(line) && line.name) declared.set(line.name.text, line)
    if (ts.isVariableStatement(line))
      for (const one of line.declarationList.declarations) if (ts.isIdentifier(one.name)) declared.set(one.name.text, one)
    const names =
      ts.isImportDeclaration(line) && line.importClause?.namedBindings && ts.isNamedImports(line.importClause.namedBindings)
        ? line.importClause.namedBindings.elements
        : ts.isExportDeclaration(line) && line.exportClause && ts.isNamedExports(line.exportClause)
          ? line.exportClause.elements
          : []
    const asked = 'moduleSpecifier' in line ? line.moduleSpecifier : undefined
    // A specifier is a string literal by the grammar.
    const from = asked && fileOf(file, (asked as ts.StringLiteral).text)
    if (from) for (const { name, propertyName } of names) elsewhere.set(name.text, { file: from, name: (propertyName ?? name).text })
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

/** Whether what is named, or anything it mentions, records an event. */
function records(named: Named, seen = new Set<ts.Node>()): boolean {
  const found = declarationOf(named)
  if (!found || seen.has(found.node)) return false
  seen.add(found.node)
  const look = (node: ts.Node): boolean =>
    isRecord(node) ||
    (ts.isIdentifier(node) && records({ file: found.file, name: node.text }, seen)) ||
    ts.forEachChild(node, (child) => look(child) || undefined) === true
  return look(found.node)
}

const sources = readdirSync(path.join(home, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !/\.(test|fixture|test-data|arbitrary)\.ts$|^(core|platforms)\//.test(file))
  .map((file) => path.join(home, 'lib', file))

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

/** What changes rows and is no event of its own, and why. */
const silent: Readonly<Record<string, string>> = {
}

test('whatever changes something records an event, or is listed here with its reason', () => {
  const operations = declaredBy(['operation', 'visitorOperation', 'upkeepOperation'])
  expect(operations.length).toBeGreaterThan(100)
  const unrecorded = operations.filter((one) => !records(one)).map(({ label }) => label)
  expect(unrecorded.toSorted()).toEqual(Object.keys(silent).toSorted())
  expect(Object.values(silent).filter((why) => why.length < 15)).toEqual([])
})

test('what only reads records nothing', () => {
  const queries = declaredBy(['query'])
  expect(queries.length).toBeGreaterThan(30)
  expect(queries.filter((one) => records(one)).map(({ label }) => label)).toEqual([])
})
