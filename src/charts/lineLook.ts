import { variants, type Variant } from '../shared/domain/variants.ts'
import type { Ink } from './ink.ts'
import { fill, mark, type Fill, type Mark } from './marks.ts'

/** How a line of a comparison is drawn, the same in every chart of the page. */
export interface LineLook {
  /** Its own: a shade of the variant's colour where the variant has several lines. */
  readonly colour: string
  /** The variant's. */
  readonly dash: Mark['dash']
  readonly symbol: Mark['symbol']
  /** How a bar of it is filled. */
  readonly fill: Fill
}

/** Colour, dash and pattern by variant, shade and filling by its place among the variant's lines; ensembles in the ink of the text. */
export function lineLook({ variant, settings }: { readonly variant: Variant | null; readonly settings: number }, ink: Ink): LineLook {
  const own: Mark = variant === null ? ensembleMark(ink) : mark(variants.indexOf(variant), ink)
  return { colour: shade(own.colour, settings), dash: own.dash, symbol: own.symbol, fill: fill(own, settings) }
}

function ensembleMark(ink: Ink): Mark {
  return {
    colour: ink.dark ? '#c9d1d8' : '#4c565e',
    dash: [2, 3],
    symbol: 'circle',
    decal: {
      symbol: 'rect',
      dashArrayX: [1, 0],
      dashArrayY: [2, 4],
      rotation: 0,
      color: ink.dark ? 'rgba(0,0,0,0.35)' : 'rgba(255,255,255,0.5)',
    },
  }
}

/** The `index`-th shade of a colour: itself, lighter, darker, lightest. They repeat after four. */
function shade(colour: string, index: number): string {
  const [ground, share] = (
    [
      [0, 0],
      [255, 0.45],
      [0, 0.4],
      [255, 0.65],
    ] as const
  )[(index % 4) as 0 | 1 | 2 | 3]
  const channels = [1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * (1 - share) + ground * share))
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
