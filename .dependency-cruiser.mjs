/**
 * Who may know whom: docs/architecture.md, for the machine. A folder under src is a room; these are its doors.
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** The files that something outside starts: everything else must be reached from one of them. */
const entries = '^src/(main/(index|serve|cli|[a-z/]+/[a-zA-Z]+Thread)|engine/index|preload/index|renderer/main)\\.ts$'

const rooms = ['renderer', 'engine', 'main', 'preload']

/** @param {string} room */
const knowsNoOtherRoom = (room) => ({
  name: `${room}-knows-only-shared`,
  comment: 'renderer, engine, main and preload meet in shared (and charts) alone; they speak with each other through the contract.',
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${room}|shared${room === 'renderer' || room === 'main' ? '|charts' : ''})/` },
})

/**
 * @param {string} name
 * @param {string} packages  matches the packages' folders
 * @param {string} allowed  matches the files that may
 * @param {string} comment
 */
const onlyIn = (name, packages, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed },
  to: { path: packages },
})

export default {
  forbidden: [
    ...rooms.map(knowsNoOtherRoom),
    {
      name: 'shared-knows-nobody',
      comment: 'What both sides speak may use zod and itself: it runs in a page, in Node and in Electron alike.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: '^src/shared/|(^|/)node_modules/zod/' },
    },
    {
      name: 'charts-know-only-shared',
      comment: 'What a chart shows, as pure functions: the page draws it on a canvas, the core into a report.',
      severity: 'error',
      from: { path: '^src/charts/' },
      to: { pathNot: '^src/(charts|shared)/|(^|/)node_modules/(echarts|zrender|tslib)/' },
    },
    onlyIn(
      'electron-only-at-the-desktop',
      '(^|/)node_modules/electron/|^electron$',
      '^src/(main/index\\.ts$|main/desktop/|preload/)',
      'The core is plain Node, so that the browser face and the command line are the same workbench.',
    ),
    onlyIn('sqlite-only-in-db', '(^|/)node_modules/better-sqlite3/|^better-sqlite3$', '^src/main/db/', 'All SQL lives in src/main/db.'),
    onlyIn(
      'tensors-only-in-the-engine',
      '(^|/)node_modules/@tensorflow/|^@tensorflow/',
      '^src/engine/',
      'Whatever computes with tensors is the engine, in a process of its own.',
    ),
    {
      name: 'views-stand-on-top',
      comment: 'A page uses stores, charts, words and parts of pages; none of them knows a page. Only the router does.',
      severity: 'error',
      from: { path: '^src/renderer/(components|connection|plugins|stores|text)/' },
      to: { path: '^src/renderer/views/' },
    },
    {
      name: 'no-node-in-the-page',
      comment: 'The page and its preload run in a sandbox without Node.',
      severity: 'error',
      from: { path: '^src/(renderer|preload)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody uses and that uses nobody.',
      severity: 'error',
      from: { orphan: true, pathNot: `${entries}|\\.d\\.ts$` },
      to: {},
    },
    {
      name: 'nothing-dead',
      comment: 'A file that no entry reaches is not part of the product.',
      severity: 'error',
      from: { path: entries },
      to: { path: '^src/', pathNot: `${entries}|\\.d\\.ts$`, reachable: false },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-what-package.json-names',
      comment: 'A package that is there by chance may be gone tomorrow; one for development is not in the product.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], pathNot: '(^|/)node_modules/(electron|vite|@types)/|^electron$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.web.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.vue', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
}
