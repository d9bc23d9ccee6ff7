import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import { describe, expect, it, onTestFinished } from 'vitest'
import rules from '../../../.dependency-cruiser.mjs'

/** A house in which every import is allowed; each test adds one that is not. */
const house = {
  'src/shared/dna/bases.ts': "import { z } from 'zod'\nexport const bases = z.string()",
  'src/shared/rpc/channel.ts': "import type { bases } from '../dna/bases.ts'\nexport type Channel = typeof bases",
  'src/engine/index.ts': "import '@tensorflow/tfjs-core'\nimport '../shared/dna/bases.ts'\nimport './training/step.ts'",
  'src/engine/training/step.ts': 'export const step = 1',
  'src/main/db/runs.ts': "import 'better-sqlite3'\nexport const runs = 1",
  'src/main/core.ts': "import './db/runs.ts'\nimport type { Channel } from '../shared/rpc/channel.ts'\nexport type Core = Channel",
  'src/main/desktop/menu.ts': "import { Menu } from 'electron'\nexport const menu = Menu",
  'src/main/index.ts': "import 'electron'\nimport './core.ts'\nimport './desktop/menu.ts'",
  'src/main/serve.ts': "import './core.ts'",
  'src/main/cli.ts': "import './core.ts'",
  'src/preload/index.ts': "import { ipcRenderer } from 'electron'\nexport const port = ipcRenderer",
  'src/renderer/main.ts': "import App from './App.vue'\nimport './views/home/HomeView.ts'\nexport const app = App",
  'src/renderer/views/home/HomeView.ts':
    "import '../../stores/runs.ts'\nimport '../../../charts/bars.ts'\nimport '../../text/numbers.ts'\nexport const home = 1",
  'src/renderer/stores/runs.ts': 'export const runs = 1',
  'src/charts/bars.ts': 'export const bars = 1',
  'src/renderer/text/numbers.ts': 'export const numbers = 1',
  'src/renderer/App.vue':
    '<script setup lang="ts">\nimport { bases } from \'../shared/dna/bases.ts\'\n</script>\n<template>{{ bases }}</template>',
}

/** The names of the rules that a house with these files added (or replaced) breaks. */
async function broken(added: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'import-rules-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries({ ...house, ...added })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  for (const shared of ['node_modules', 'package.json', 'tsconfig.base.json', 'tsconfig.web.json'])
    symlinkSync(join(import.meta.dirname, '../../..', shared), join(folder, shared))
  const { options, ...ruleSet } = rules
  const { output } = await cruise(['src'], { ...options, ruleSet: ruleSet as IFlattenedRuleSet, validate: true, baseDir: folder })
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))].sort()
}

describe('import rules', () => {
  it('find nothing in a house that keeps them', async () => {
    expect(await broken({})).toEqual([])
  })

  it.each([
    ['the page uses the core', 'src/renderer/main.ts', "import '../main/core.ts'\nimport './App.vue'", 'renderer-knows-only-shared'],
    [
      'a component uses the engine',
      'src/renderer/App.vue',
      '<script setup lang="ts">\nimport { step } from \'../engine/training/step.ts\'\n</script>\n<template>{{ step }}</template>',
      'renderer-knows-only-shared',
    ],
    ['the engine uses the core', 'src/engine/training/step.ts', "import '../../main/db/runs.ts'", 'engine-knows-only-shared'],
    [
      'the core uses the engine',
      'src/main/core.ts',
      "import './db/runs.ts'\nimport '../engine/training/step.ts'\nimport '../shared/rpc/channel.ts'",
      'main-knows-only-shared',
    ],
    [
      'the core uses the page, for a type alone',
      'src/main/core.ts',
      "import './db/runs.ts'\nimport type { app } from '../renderer/main.ts'\nimport '../shared/rpc/channel.ts'\nexport type App = typeof app",
      'main-knows-only-shared',
    ],
    ['the preload uses the core', 'src/preload/index.ts', "import '../main/core.ts'", 'preload-knows-only-shared'],
    ['shared uses the core', 'src/shared/dna/bases.ts', "import '../../main/db/runs.ts'", 'shared-knows-nobody'],
    ['shared uses Node', 'src/shared/dna/bases.ts', "import 'node:fs'", 'shared-knows-nobody'],
    ['shared uses a package other than zod', 'src/shared/dna/bases.ts', "import 'pino'", 'shared-knows-nobody'],
    ['a store uses a page', 'src/renderer/stores/runs.ts', "import '../views/home/HomeView.ts'", 'views-stand-on-top'],
    [
      'a chart uses a page, for a type alone',
      'src/charts/bars.ts',
      "import type { home } from '../renderer/views/home/HomeView.ts'\nexport type Home = typeof home",
      'charts-know-only-shared',
    ],
    ['words use a page', 'src/renderer/text/numbers.ts', "import '../views/home/HomeView.ts'", 'views-stand-on-top'],
    ['the core uses Electron', 'src/main/db/runs.ts', "import 'better-sqlite3'\nimport 'electron'", 'electron-only-at-the-desktop'],
    ['SQL outside db', 'src/main/desktop/menu.ts', "import 'better-sqlite3'", 'sqlite-only-in-db'],
    ['tensors in the page', 'src/renderer/main.ts', "import './App.vue'\nimport '@tensorflow/tfjs-core'", 'tensors-only-in-the-engine'],
    ['Node in the page', 'src/renderer/main.ts', "import './App.vue'\nimport 'node:fs'", 'no-node-in-the-page'],
    ['two files that need each other', 'src/engine/training/step.ts', "import '../index.ts'", 'no-cycles'],
    ['a file that nobody uses', 'src/engine/training/left.ts', 'export const left = 1', 'no-orphans'],
    ['a file that no entry reaches', 'src/engine/training/left.ts', "import './step.ts'", 'nothing-dead'],
    ['an import that leads nowhere', 'src/engine/training/step.ts', "import './gone.ts'", 'nothing-unresolved'],
    ['a package for development in the product', 'src/engine/training/step.ts', "import 'fast-check'", 'only-what-package.json-names'],
  ])('catch: %s', async (_what, file, text, rule) => {
    expect(await broken({ [file]: text })).toContain(rule)
  })
})
