import { readFile } from 'node:fs/promises'
import readXlsx from 'read-excel-file/node'
import { variants } from '../../src/shared/domain/variants.ts'
import { commandLineJson } from './support/commandLine.ts'
import { expectRunState, launch, runRow } from './support/journey.ts'
import { svgTexts } from './support/svgTexts.ts'
import { expect, test } from './support/test.ts'

const cellTypes = ['HepG2', 'K562', 'WTC11']
const EPOCHS = 100
const ids = Array.from({ length: 8 }, (_, i) => i + 1)

const withLibrary = test.extend({
  workspace: async ({ workspace }, use) => {
    await commandLineJson('demo', '--elements', '300', '--name', 'Small library', '--workspace', workspace)
    await use(workspace)
  },
})

withLibrary('eight runs: reloaded, stopped, their engine killed, resumed, compared and taken along', async ({ openPage, workbench }) => {
  const page = await openPage('/datasets/1')
  const goTo = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()
  const queue = page.getByRole('region', { name: 'Queue' })
  const underWay = new RegExp(`[1-9]\\d* of ${EPOCHS}`)

  await withLibrary.step('they are queued, and train on while the page is loaded again', async () => {
    await launch(page, { variants, recipe: 'seed', epochs: EPOCHS, seeds: '1, 2' })
    for (const id of ids) await expect(runRow(page, id)).toBeVisible()
    await expect(runRow(page, 1)).toContainText(underWay)
    await page.reload()
    await expect(queue).toContainText(/runs wait/)
    for (const id of ids) await expect(runRow(page, id)).toContainText(/Queued|Starting|Running|Completed/)
  })

  await withLibrary.step('one is stopped by hand', async () => {
    const [stoppable] = await page.getByRole('button', { name: /^Stop training run \d+$/ }).all()
    const id = Number(/\d+$/.exec((await stoppable!.getAttribute('aria-label'))!)![0])
    await page.getByRole('button', { name: `Stop run ${id}`, exact: true }).click()
    await expectRunState(page, id, 'Stopped')
    await expect(page.getByRole('button', { name: new RegExp(`^(Resume|Start again) run ${id}$`) })).toBeVisible()
  })

  await withLibrary.step('an engine that dies takes its runs’ last steps along, and nothing else', async () => {
    await expect(queue.getByText(/^Epoch [1-9]\d* of /).first()).toBeVisible()
    await workbench.crashEngines()
    await expect(page.getByRole('row').filter({ hasText: 'Interrupted' }).first()).toBeVisible()
    // Those that waited are trained, by an engine that was started anew.
    await expect(queue.getByText(/^Epoch [1-9]\d* of /).first()).toBeVisible()
  })

  await withLibrary.step('what stopped short goes on, and all end', async () => {
    const again = page.getByRole('button', { name: /^(Resume|Start again) run \d+$/ })
    const names = await again.evaluateAll((buttons: { ariaLabel: string }[]) => buttons.map((button) => button.ariaLabel))
    expect(names.length).toBeGreaterThanOrEqual(2)
    for (const name of names) await page.getByRole('button', { name, exact: true }).click()
    for (const id of ids) await expectRunState(page, id, 'Completed')
    for (const id of ids) await expect(runRow(page, id)).toContainText(`${EPOCHS} of ${EPOCHS}`)
  })

  const matrix = page.getByRole('table', { name: 'Pearson r by variant and cell type' })
  const shown = async () => {
    const lines = matrix.getByRole('row').filter({ has: page.getByRole('cell').filter({ hasText: '±' }) })
    return Promise.all(
      (await lines.all()).map(async (line) => ({
        variant: (await line.getByRole('rowheader').innerText()).split('\n')[0]!.trim(),
        means: (await line.getByRole('cell').allInnerTexts()).map((text) => /[−]?0\.\d{3}/.exec(text)![0]),
      })),
    )
  }
  await withLibrary.step('all eight are compared, two seeds a line', async () => {
    await goTo('Compare')
    await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('1,000 resamples')
    const lines = await shown()
    expect(lines.map(({ variant }) => variant).toSorted()).toEqual([...variants].sort())
    for (const { means } of lines) expect(means).toHaveLength(cellTypes.length + 1)
  })

  await withLibrary.step('the workbook has the page’s numbers', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download XLSX: Pearson r on Small library' }).click()
    const [sheet] = await readXlsx(await (await download).path())
    const [header, ...rows] = sheet!.data
    const column = (name: string) => header!.indexOf(name)
    for (const { variant, means } of await shown()) {
      const own = rows.filter((row) => row[column('model')] === variant)
      expect(own.map((row) => row[column('cell_type')])).toEqual([...cellTypes, 'all'])
      expect(own.map((row) => (row[column('pearson_mean')] as number).toFixed(3).replace('-', '−'))).toEqual(means)
    }
  })

  await withLibrary.step('and so has the drawing', async () => {
    await page.getByRole('button', { name: 'Save chart: Pearson r on Small library' }).click()
    const download = page.waitForEvent('download')
    await page.getByText('SVG drawing').click()
    const texts = await svgTexts(page, await readFile(await (await download).path(), 'utf8'))
    for (const { variant, means } of await shown()) for (const text of [variant, ...means]) expect(texts).toContain(text)
  })
})
