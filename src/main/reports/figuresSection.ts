import type { EChartsOption } from 'echarts'
import { calibrationHeight, calibrationOption } from '../../charts/calibrationCurves.ts'
import { comparedCurvesHeight, comparedCurvesOption, comparedCurvesSentence } from '../../charts/comparedCurves.ts'
import { ceilingsOf, comparisonMatrix, matrixColumns } from '../../charts/comparisonMatrix.ts'
import { densityMapsHeight, densityMapsOption, type DensityPanel } from '../../charts/densityMaps.ts'
import { drawSvg } from '../../charts/drawSvg.ts'
import { lightInk } from '../../charts/ink.ts'
import { measureBarsHeight, measureBarsOption } from '../../charts/measureBars.ts'
import { residualBoxesHeight, residualBoxesOption, type ResidualPanel } from '../../charts/residualBoxes.ts'
import type { Examination } from '../../shared/domain/examination.ts'
import { measureWords } from '../../shared/text/measures.ts'
import { settingWords, targetsInWords } from '../../shared/domain/settingWords.ts'
import type { ReportFigure, ReportSection } from './report.ts'
import { recipesOf, type ReportMaterial } from './reportMaterial.ts'

/** Pixels; on paper as wide as the text. */
const WIDTH = 760

/** The charts of the page, drawn for paper. */
export function figuresSection(material: ReportMaterial): ReportSection {
  const figures = [
    ...barsOf(material),
    ...lossesOf(material),
    ...material.examinations.flatMap((examination) => examinedFigures(examination, material)),
  ]
  return {
    title: 'Figures',
    blocks: figures.map(({ option, height, caption }, i): ReportFigure => {
      const number = i + 1
      return {
        kind: 'figure',
        caption: `Figure ${number}. ${caption}`,
        svg: forPaper(drawSvg({ option, width: WIDTH, height }), number),
      }
    }),
  }
}

interface Drawn {
  readonly option: EChartsOption
  readonly height: number
  readonly caption: string
}

function barsOf({ comparison, certainty }: ReportMaterial): Drawn[] {
  if (comparison.lines.length === 0) return []
  const bars = {
    measure: certainty.measure,
    target: comparison.target,
    cellTypes: matrixColumns(comparison),
    rows: comparisonMatrix(comparison),
    ceilings: ceilingsOf(comparison),
    certainty,
  }
  const ceiling =
    certainty.measure === 'pearson' && comparison.ceilings.some((value) => value !== null)
      ? '; lines over the bars are the noise ceilings'
      : ''
  return [
    {
      option: measureBarsOption(bars, lightInk, WIDTH),
      height: measureBarsHeight(bars, WIDTH),
      caption: `${measureWords[certainty.measure].label} by model and cell type, with 95 % intervals by bootstrap over groups${ceiling}.`,
    },
  ]
}

function lossesOf(material: ReportMaterial): Drawn[] {
  const { comparison, curves } = material
  if (!curves.some(({ curve }) => curve.some(({ validationLoss }) => validationLoss !== null))) return []
  const losses = new Set(recipesOf(material).map(({ loss }) => settingWords.loss.choices[loss].title))
  const data = {
    rows: comparisonMatrix(comparison),
    curves,
    axis: losses.size === 1 ? `Validation loss (${[...losses][0]!})` : 'Validation loss (of each recipe’s own)',
  }
  return [
    {
      option: comparedCurvesOption(data, lightInk, WIDTH),
      height: comparedCurvesHeight(data, WIDTH),
      caption: comparedCurvesSentence(data),
    },
  ]
}

function examinedFigures({ label, cellTypes, differences }: Examination, { comparison }: ReportMaterial): Drawn[] {
  const unit = targetsInWords[comparison.target]
  const measured = cellTypes.filter(({ density }) => density.n > 0)
  const compared = differences.filter(({ density }) => density.n > 0)
  return [
    ...densities(
      measured.map(({ cellType, density }) => ({ title: cellType, x: `Measured ${unit}`, y: `Predicted ${unit}`, density })),
      `${label}: predicted against measured ${unit} of the test elements. The dashed line is where both are equal.`,
    ),
    ...calibrations(label, measured, unit),
    ...residuals(
      measured.map(({ cellType, byActivity }) => ({ title: cellType, bins: byActivity })),
      unit,
      `${label}: predicted minus measured ${unit} by decile of measured activity`,
    ),
    ...residuals(
      measured.map(({ cellType, byGc }) => ({ title: cellType, bins: byGc })),
      unit,
      `${label}: predicted minus measured ${unit} by share of G and C`,
    ),
    ...residuals(
      measured.map(({ cellType, byMotif }) => ({ title: cellType, bins: byMotif })),
      unit,
      `${label}: predicted minus measured ${unit} by motif family (JASPAR 2018)`,
    ),
    ...densities(
      compared.map(({ first, second, density }) => ({
        title: `${first} − ${second}`,
        x: 'Measured difference',
        y: 'Predicted difference',
        density,
      })),
      `${label}: predicted against measured differences between cell types.`,
    ),
  ]
}

function calibrations(label: string, cellTypes: Examination['cellTypes'], unit: string): Drawn[] {
  if (cellTypes.length === 0) return []
  const panels = cellTypes.map(({ cellType, calibration }) => ({ title: cellType, points: calibration }))
  return [
    {
      option: calibrationOption(panels, unit, lightInk, WIDTH),
      height: calibrationHeight(panels.length, WIDTH),
      caption: `${label}: calibration. Mean measured against mean predicted ${unit} in bins of equal count by prediction, with the standard error of the measured mean.`,
    },
  ]
}

function densities(panels: readonly DensityPanel[], caption: string): Drawn[] {
  if (panels.length === 0) return []
  return [{ option: densityMapsOption(panels, lightInk, WIDTH), height: densityMapsHeight(panels.length, WIDTH), caption }]
}

function residuals(all: readonly ResidualPanel[], unit: string, what: string): Drawn[] {
  const panels = all.filter(({ bins }) => bins.some(({ n }) => n > 0))
  if (panels.length === 0) return []
  const caption = `${what}. Boxes: the middle half, with the median; whiskers: from the 5th to the 95th percentile.`
  return [{ option: residualBoxesOption(panels, unit, lightInk, WIDTH), height: residualBoxesHeight(panels, WIDTH), caption }]
}

/**
 * What a drawing on paper has no use for is taken out: how it looks under a pointer, and the chart library's own marks, which
 * are no SVG. Drawings stand in one document, so what one names (clips, patterns) is named after the figure, and the same
 * report is the same to the last byte.
 */
function forPaper(svg: string, figure: number): string {
  return svg
    .replace(/<style\b[^]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, `figure${figure}-`)
}
