/**
 * `node bench/coverage.ts [--cases 1000] [--groups 400]`: how often the paired bootstrap's 95 % interval of the difference between two models
 * holds the true difference, in simulated cases where it is known. Elements come in groups of one to three that share most of
 * their variance, as both strands of one sequence do; a bootstrap over rows is run beside it to show what the groups are for.
 */
import { parseArgs } from 'node:util'
import { simulateCoverage } from '../test/unit/shared/stats/bootstrap/simulateCoverage.ts'

const { values: asked } = parseArgs({ options: { cases: { type: 'string', default: '1000' }, groups: { type: 'string', default: '400' } } })
const cases = Number(asked.cases)
const groups = Number(asked.groups)
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

for (const measure of ['pearson', 'spearman', 'mse', 'mae'] as const) {
  const started = performance.now()
  const found = simulateCoverage({ measure, cases, groups, resamples: 1000, seed: 20_261_120 })
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(
    `${measure}: ${percent(found.byGroup)} of ${cases} intervals hold the true difference (over rows instead of groups: ${percent(found.byRow)}); ${groups} groups, 1,000 resamples, ${seconds} s`,
  )
}
