/** The colours that a chart takes from the page's theme. */
export interface Ink {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly surface: string
  readonly dark: boolean
}
export const lightInk: Ink = { text: '#1a2026', muted: '#4c565e', line: '#d5dade', surface: '#ffffff', dark: false }
export const darkInk: Ink = { text: '#e4e8eb', muted: '#b3bcc4', line: '#39424a', surface: '#191e23', dark: true }

/** The font of every chart, as the page's own. */
export const chartFont = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
