import type { Ink } from './ink.ts'

export interface Mark {
  readonly colour: string
  readonly dash: 'solid' | 'dashed' | 'dotted' | number[]
  readonly symbol: 'circle' | 'triangle' | 'rect' | 'diamond'
  /** A pattern over a bar's colour, so that bars differ without it. */
  readonly decal:
    | {
        readonly symbol: string
        readonly dashArrayX?: number | number[]
        readonly dashArrayY?: number | number[]
        readonly rotation?: number
        readonly symbolSize?: number
        readonly color: string
      }
    | undefined
}

// Okabe & Ito (2008), jfly.uni-koeln.de/color. Its dark blue is too dark on a dark ground; the sky blue stands in there.
const colours = { light: ['#0072b2', '#d55e00', '#009e73', '#cc79a7'], dark: ['#56b4e9', '#e69f00', '#009e73', '#cc79a7'] }
const dashes: Mark['dash'][] = ['solid', 'dashed', 'dotted', [10, 3, 2, 3]]
const symbols: Mark['symbol'][] = ['circle', 'triangle', 'rect', 'diamond']
const stripes: (Omit<NonNullable<Mark['decal']>, 'color'> | undefined)[] = [
  undefined,
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1.5, 6], rotation: Math.PI / 4 },
  {
    symbol: 'circle',
    dashArrayX: [
      [8, 8],
      [0, 8, 8, 0],
    ] as unknown as number[],
    dashArrayY: [6, 0],
    symbolSize: 0.7,
  },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1.5, 6], rotation: -Math.PI / 4 },
]

/** How a bar's colour and pattern are filled in: what tells bars of one mark from each other. */
export interface Fill {
  readonly color: string
  readonly decal: Mark['decal']
  readonly borderColor: string
  readonly borderWidth: number
  readonly borderType: 'solid' | 'dashed' | 'dotted'
}

/** The `index`-th way of filling a bar of a mark: full, light in an outline, empty in a dashed one, half in a dotted one. They repeat after four. */
export function fill({ colour, decal }: Mark, index: number): Fill {
  const outlined = { borderColor: colour, borderWidth: 2, decal: decal && { ...decal, color: withOpacity(colour, 0.7) } }
  switch (index % 4) {
    case 0:
      return { color: colour, decal, borderColor: colour, borderWidth: 0, borderType: 'solid' }
    case 1:
      return { ...outlined, color: withOpacity(colour, 0.22), borderType: 'solid' }
    case 2:
      return { ...outlined, color: withOpacity(colour, 0), borderType: 'dashed' }
    default:
      return { ...outlined, color: withOpacity(colour, 0.5), decal, borderType: 'dotted' }
  }
}

function withOpacity(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
  return `rgba(${red},${green},${blue},${opacity})`
}

/** The `index`-th look: a colour of the Okabe–Ito palette with its own dash, symbol and pattern. They repeat after four. */
export function mark(index: number, ink: Ink): Mark {
  const i = index % symbols.length
  const decal = stripes[i]
  return {
    colour: (ink.dark ? colours.dark : colours.light)[i]!,
    dash: dashes[i]!,
    symbol: symbols[i]!,
    decal: decal && { ...decal, color: ink.dark ? 'rgba(0,0,0,0.4)' : 'rgba(255,255,255,0.55)' },
  }
}
