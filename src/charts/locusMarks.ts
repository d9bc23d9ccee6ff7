import type { CustomSeriesOption, CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts'
import type { AnnotationFeature, Locus } from '../shared/domain/locus.ts'
import { chartFont, type Ink } from './ink.ts'
import { packLanes } from './packLanes.ts'

interface View {
  readonly from: number
  readonly to: number
}

/** Pixels that a lane of annotations is high. */
export const FEATURE_LANE = 23
const MOST_LANES = 5
/** Pixels a letter of 11-pixel text takes, wide for most fonts. */
const LETTER = 6.4
/** Annotations shorter than so many pixels have no name beside them. */
const SHORT = 3

interface Placed extends AnnotationFeature {
  readonly lane: number
}
export interface FeatureLanes {
  readonly count: number
  readonly features: readonly Placed[]
}

/** Annotations of the view in lanes, so that neither they nor their names lie over one another; those that find no lane are left out. */
export function featureLanes({ locus, view }: { readonly locus: Locus; readonly view: View }, width: number): FeatureLanes {
  const inView = locus.annotations.filter(({ start, end }) => start < view.to && end > view.from)
  const scale = width / (view.to - view.from)
  const stretches = inView.map(({ start, end, name }) => {
    const [left, right] = [Math.max(start, view.from), Math.min(end, view.to)].map((base) => (base - view.from) * scale) as [number, number]
    return { start: left, end: Math.max(right, right - left < SHORT ? left : left + name.length * LETTER + 8) }
  })
  const lanes = packLanes(stretches, MOST_LANES, 4)
  const features = inView.flatMap((feature, i) => (lanes[i] === null ? [] : [{ ...feature, lane: lanes[i]! }]))
  return { count: features.reduce((most, { lane }) => Math.max(most, lane + 1), 0), features }
}

/** Annotations as boxes that point the way of their strand, each with its name. */
export function featureSeries({ features }: FeatureLanes, view: View, ink: Ink): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    clip: true,
    tooltip: { show: false },
    data: features.map(({ start, end }, i) => [start, end, i]),
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const feature = features[Number(api.value(2))]!
      const { y } = params.coordSys as unknown as { y: number }
      const [left, right] = [Math.max(feature.start, view.from), Math.min(feature.end, view.to)].map(
        (base) => (api.coord([base, 0]) as [number, number])[0],
      ) as [number, number]
      const top = y + feature.lane * FEATURE_LANE + 2
      const width = Math.max(1.5, right - left)
      const box = {
        type: 'polygon' as const,
        shape: { points: arrow(left, top, width, 5, feature.strand) },
        style: { fill: ink.muted, opacity: 0.75 },
      }
      const name = {
        type: 'text' as const,
        style: { text: feature.name, x: left, y: top + 9, fill: ink.text, font: `11px ${chartFont}`, verticalAlign: 'top' as const },
      }
      return { type: 'group', children: width < SHORT ? [box] : [box, name] }
    },
  }
}

/** A box that ends in a point on the side its strand goes to. */
export function arrow(left: number, top: number, width: number, height: number, strand: AnnotationFeature['strand']): [number, number][] {
  const right = left + width
  const point = strand === '.' ? 0 : Math.min(5, width / 2)
  const [from, to] = strand === '-' ? [left + point, right] : [left, right - point]
  return [
    [from, top],
    [to, top],
    ...(strand === '+' ? ([[right, top + height / 2]] as [number, number][]) : []),
    [to, top + height],
    [from, top + height],
    ...(strand === '-' ? ([[left, top + height / 2]] as [number, number][]) : []),
  ]
}

/** Pixels above the letters. */
export const LETTERS_ROOM = 4
const LETTER_WIDTH = 7.5

/** Whether the letters of the view can be read. */
export function lettersFit({ locus, view }: { readonly locus: Locus; readonly view: View }, width: number): boolean {
  return locus.bases !== null && width / (view.to - view.from) >= LETTER_WIDTH
}

export function letterSeries({ bases, from }: Pick<Locus, 'bases' | 'from'>, view: View, ink: Ink): CustomSeriesOption {
  const letters = [...(bases ?? '')].flatMap((letter, i) => (from + i >= view.from && from + i < view.to ? [{ letter, at: from + i }] : []))
  return {
    type: 'custom',
    silent: true,
    clip: true,
    tooltip: { show: false },
    data: letters.map(({ at }, i) => [at + 0.5, i]),
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const { y } = params.coordSys as unknown as { y: number }
      const [x] = api.coord([api.value(0), 0]) as [number, number]
      const text = letters[Number(api.value(1))]!.letter
      return {
        type: 'text',
        style: {
          text,
          x,
          y: y + 4,
          fill: ink.text,
          font: `600 12px ui-monospace, Menlo, Consolas, monospace`,
          align: 'center',
          verticalAlign: 'top',
        },
      }
    },
  }
}
