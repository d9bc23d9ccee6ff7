import { inProject } from '../setup/paths.mjs'
import { countsOfPlaywright, countsOfVitest } from './counts.mjs'

/** @typedef {{ name: string, script: string, args: string[] }} Stage one stage of `npm test`: a program of node_modules, run by Node 24 */

/**
 * A stage of many tests: how it is told to write its report to a file, and what the report counts.
 * @typedef {Stage & {
 *   reportTo: (file: string) => { args: string[], env: Record<string, string> },
 *   count: (report: any, code: number) => import('./counts.mjs').Counts
 * }} Suite
 */

/** @param {string[]} parts */
const program = (...parts) => inProject('node_modules', ...parts)

/**
 * The stages that look at the source alone. They write nothing that another reads, so they may run side by side.
 * @type {Stage[]}
 */
export const checks = [
  { name: 'types', script: program('typescript', 'bin', 'tsc'), args: ['-p', 'tsconfig.json'] },
  { name: 'page-types', script: program('vue-tsc', 'bin', 'vue-tsc.js'), args: ['-p', 'tsconfig.web.json', '--noEmit'] },
  { name: 'lint', script: program('eslint', 'bin', 'eslint.js'), args: ['.', '--max-warnings', '0'] },
  { name: 'format', script: program('prettier', 'bin', 'prettier.cjs'), args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'imports', script: program('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), args: ['src'] },
]

/**
 * The stages that run the product, one after the other: each may use every core.
 * @type {Suite[]}
 */
export const suites = [
  {
    name: 'unit',
    script: program('vitest', 'vitest.mjs'),
    args: ['run'],
    reportTo: (file) => ({ args: ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`], env: {} }),
    count: countsOfVitest,
  },
  {
    name: 'e2e',
    script: program('@playwright', 'test', 'cli.js'),
    args: ['test'],
    reportTo: (file) => ({ args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }),
    count: countsOfPlaywright,
  },
]
