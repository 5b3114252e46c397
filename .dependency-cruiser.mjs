/** The walls of the house (docs/decisions/004-walls.md). Each rule is broken on purpose in scripts/walls.test.ts. */

// Floors, lowest first. A room may import rooms on lower floors only.
const floors = [
  ['workspace'],
  ['billing'],
  ['accounts', 'ai', 'commerce', 'contacts', 'language', 'links', 'media', 'routing'],
  ['sending'],
  ['inbox', 'listening', 'posts'],
  ['analytics', 'approvals', 'influencers'],
  ['automation', 'campaigns', 'notifications', 'webhooks'],
]
const rooms = floors.flat()
const room = `^lib/(${rooms.join('|')})/`

/** Tests, and what they share (`post-text.arbitrary.ts`). */
const test = '\\.(test|test-data|arbitrary|fixture)\\.tsx?$'
/** What the browser may know of networks: how their texts are counted, and what each says of itself in about.ts. */
const forBrowsers = 'platforms/(text/|(about|names|networks|[^/]+/(about|mark|texts))\\.ts$)'
/** Programs of ours that are not the product: they may look anywhere a test may. */
const tools = ['^bench/', '^e2e/', test]
const entrances = '^(app|worker|proxy\\.ts|instrumentation\\.ts)'
const doors = '^lib/[^/]+/(index|schema|actions)\\.ts$'
/** Doors of lib/workspace that only route handlers use: who is calling, and what may come in without a person. */
const routeDoors = '^lib/workspace/(session|auth|api-session|address|idempotency|incoming|readiness)\\.ts$'
const system = '^lib/workspace/system\\.ts$'
/** Asked by each process before it begins. */
const installation = '^lib/workspace/installation\\.ts$'

const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const upward = floors.flatMap((floor, level) =>
  floor.map((name) =>
    wall(
      `${name}-looks-down-only`,
      'If a lower room must cause something above it, it records an event.',
      { path: `^lib/${name}/` },
      {
        path: `^lib/(${floors
          .slice(level)
          .flat()
          .filter((other) => other !== name)
          .join('|')})/`,
      },
    ),
  ),
)

export default {
  forbidden: [
    wall(
      'every-room-has-a-floor',
      'A new room is given its floor in .dependency-cruiser.mjs first.',
      { path: `^lib/(?!core/|platforms/|(${rooms.join('|')})/)` },
      {},
    ),
    ...upward,
    wall(
      'core-imports-nothing',
      'Core has no product words.',
      { path: '^lib/core/' },
      { path: '^(app|components|worker|sandbox|bench|e2e|prisma|scripts|lib/(?!core/))' },
    ),
    wall(
      'platforms-know-only-core',
      'An adapter knows nothing of workspaces or tables.',
      { path: '^lib/platforms/', pathNot: test },
      { path: '^(app|components|worker|sandbox|bench|e2e|prisma|scripts|lib/(?!core/|platforms/))' },
    ),
    wall(
      'platforms-touch-no-database',
      'Adapters get credentials and plain values, and give a Result.',
      { path: '^lib/platforms/' },
      { path: '^lib/core/(db\\.ts|prisma/|queue\\.ts|rate\\.ts|realtime\\.ts|storage)' },
    ),
    wall(
      'one-platform-ignores-another',
      'What two adapters share is in lib/platforms itself.',
      { path: '^lib/platforms/(?!text/)([^/]+)/' },
      { path: '^lib/platforms/(?!text/)[^/]+/', pathNot: '^lib/platforms/$1/' },
    ),
    wall(
      'text-is-pure',
      'The composer counts with it in the browser, and screens show what a network says of itself.',
      { path: `^lib/${forBrowsers}`, pathNot: test },
      { path: [`^(app|components|worker|lib/(?!${forBrowsers}))`, 'node_modules/(next|pg|ioredis|@prisma)/'] },
    ),
    wall(
      'text-needs-no-server',
      'As above: no module of Node.',
      { path: `^lib/${forBrowsers}`, pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    wall(
      'language-is-pure',
      'What a text says depends on the text alone; what it is trained on stays out of the product.',
      { path: '^lib/language/', pathNot: ['^lib/language/training/', test] },
      { path: '^(app|components|worker|lib/(?!language/)|lib/language/training/)' },
    ),
    wall(
      'language-needs-no-server',
      'As above: no file, no network, no module of Node.',
      { path: '^lib/language/', pathNot: ['^lib/language/training/', test] },
      { dependencyTypes: ['core'] },
    ),
    wall(
      'networks-by-their-door',
      'A network is reached through lib/platforms, never by its own folder; platform.ts and limits.ts are the contract alone, names.ts what screens know, without adapters.',
      { pathNot: ['^lib/platforms/', ...tools] },
      {
        path: '^lib/platforms/',
        pathNot: ['^lib/platforms/(text/)?index\\.ts$', '^lib/platforms/(platform|limits|names)\\.ts$'],
      },
    ),
    wall(
      'enter-by-the-door',
      'Another room is entered through its index.ts or schema.ts.',
      { path: room, pathNot: test },
      {
        path: room,
        pathNot: ['^lib/$1/', '^lib/[^/]+/(index|schema)\\.ts$', '^lib/workspace/(action|session|auth|system)\\.ts$'],
      },
    ),
    wall(
      'tests-know-their-own-room',
      'A test may reach into its own room, into the workspace to make a context, and take what another room offers tests.',
      { path: `${room}.*${test}` },
      { path: room, pathNot: ['^lib/$1/', '^lib/workspace/', '^lib/[^/]+/(index|schema|[^/]+\\.fixture)\\.ts$'] },
    ),
    wall(
      'rooms-know-no-screen',
      'Pages call rooms, never the other way.',
      { path: '^lib/', pathNot: test },
      { path: '^(app|components|worker)/' },
    ),
    wall(
      'raw-database-stays-home',
      'Rooms have ctx.db, which sees one workspace.',
      { pathNot: ['^lib/(workspace|core)/', '^(prisma|scripts)/', ...tools] },
      { path: '^lib/core/(db\\.ts|prisma/)' },
    ),
    wall(
      'no-second-road-to-the-database',
      'A driver of its own would go round ctx.db.',
      { path: '^(app|components|worker|lib/(?!core/)|proxy\\.ts|instrumentation\\.ts)', pathNot: test },
      { path: 'node_modules/(pg|ioredis|@prisma)/' },
    ),
    wall(
      'jobs-go-through-core',
      'lib/core/queue decides what the queue runs on; rooms enqueue with their change, by transact.',
      { path: '^(app|components|lib/(?!core/)|proxy\\.ts|instrumentation\\.ts)', pathNot: test },
      { path: 'node_modules/bullmq/' },
    ),
    wall(
      'only-the-worker-is-the-system',
      'The system has no person behind it; programs we run by hand may act as it too.',
      { pathNot: ['^worker/', '^prisma/', '^scripts/', '^lib/workspace/', ...tools] },
      { path: system },
    ),
    wall(
      'only-the-app-has-sessions',
      'A session is a browser’s; rooms get a Ctx.',
      { pathNot: ['^app/', '^lib/workspace/', ...tools] },
      { path: routeDoors },
    ),
    wall(
      'actions-are-made-in-actions',
      'asAction belongs to actions.ts, which is a list and nothing else.',
      { pathNot: ['^lib/[^/]+/actions\\.ts$', '^lib/workspace/', test] },
      { path: '^lib/workspace/action\\.ts$' },
    ),
    wall(
      'components-see-schemas-and-actions',
      'A component gets data by props and changes it by actions.',
      { path: '^components/', pathNot: test },
      {
        path: '^(app|worker|lib|prisma|scripts)/',
        pathNot: [
          '^lib/[^/]+/(schema|actions)\\.ts$',
          '^lib/core/(result|paths|format|decode|wall|ids|issue-words)\\.ts$',
          '^lib/platforms/(text/index|names)\\.ts$',
        ],
      },
    ),
    wall(
      'ui-knows-no-product',
      'components/ui could be another product’s, but for the marks of networks.',
      { path: '^components/ui/' },
      { path: ['^lib/(?!core/|platforms/names\\.ts$)', '^components/(?!ui/)'] },
    ),
    wall(
      'schemas-stay-light',
      'schema.ts is shared with the browser, so it may reach no server code.',
      { path: '^lib/[^/]+/schema\\.ts$' },
      {
        path: [
          '^lib/core/(?!(result|paths|format|clock|excerpt)\\.ts$)',
          '^lib/workspace/(?!(schema|permissions)\\.ts$)',
          'node_modules/(pg|ioredis|bullmq|next|@prisma)/',
        ],
        reachable: true,
      },
    ),
    wall(
      'screens-use-the-door',
      'A page, a route handler or a job sees a room only by index, schema or actions.',
      { path: entrances, pathNot: test },
      { path: '^lib/(?!core/|platforms/)[^/]+/', pathNot: [doors, routeDoors, system, installation] },
    ),
    wall(
      'worker-has-no-browser',
      'A worker runs without Next, and without a person.',
      { path: '^worker/', pathNot: test },
      {
        path: [
          '^app/',
          '^components/',
          '^lib/[^/]+/actions\\.ts$',
          '^lib/workspace/(session|action)\\.ts$',
          'node_modules/next/',
        ],
        reachable: true,
      },
    ),
    wall(
      'app-runs-no-jobs',
      'Web processes enqueue; workers work.',
      { path: '^(app|components)/', pathNot: test },
      { path: '^worker/' },
    ),
    wall(
      'sandbox-knows-nothing-of-us',
      'It imitates the networks, so it must not learn from the adapters it is there to check.',
      { path: '^sandbox/', pathNot: test },
      { path: '^(app|components|lib|worker|prisma|bench|e2e|scripts)/' },
    ),
    wall(
      'product-knows-no-sandbox',
      'The sandbox is only another base URL; the demo’s seed consents there as a person would.',
      { pathNot: ['^sandbox/', '^prisma/seed', ...tools] },
      { path: '^sandbox/' },
    ),
    wall('nobody-imports-a-test', 'What tests share is a file of its own.', { pathNot: tools }, { path: test }),
    wall(
      'product-needs-no-tools',
      'A devDependency is not there in a deployment.',
      { path: '^(app|components|lib|worker|proxy\\.ts|instrumentation\\.ts)', pathNot: test },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm'] },
    ),
    wall(
      'imports-lead-somewhere',
      'An import that cannot be resolved is invisible to every rule above.',
      {},
      { couldNotResolve: true },
    ),
    wall(
      'no-cycles',
      'Two files that need each other are one file, or three.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    wall(
      'no-orphans',
      'A file nobody imports is dead, or an entrance that should be listed here.',
      { orphan: true, pathNot: [test, '\\.d\\.ts$', '^(app|scripts|bench|e2e|prisma)/', '\\.config\\.'] },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^lib/core/prisma/'] },
    exclude: { path: '^(bluesky-network|e2e/bluesky)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
