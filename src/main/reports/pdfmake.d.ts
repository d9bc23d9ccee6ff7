/** What this part uses of pdfmake 0.3, which brings no types of its own. */
declare module 'pdfmake' {
  export type Style = Readonly<Record<string, string | number | boolean | readonly number[]>>
  export type Content =
    | string
    | readonly Content[]
    | ({ readonly text: Content } & Extras)
    | ({ readonly ul: readonly Content[] } & Extras)
    | ({ readonly stack: readonly Content[] } & Extras)
    | ({ readonly svg: string; readonly width: number } & Extras)
    | ({ readonly table: Table; readonly layout?: string | TableLayout } & Extras)
  interface Extras {
    readonly style?: string
    readonly margin?: readonly number[]
    readonly alignment?: string
    readonly unbreakable?: boolean
    readonly headlineLevel?: number
    readonly fontSize?: number
    readonly noWrap?: boolean
    readonly tocItem?: boolean
  }
  interface Table {
    readonly body: readonly (readonly Content[])[]
    readonly headerRows?: number
    readonly widths?: readonly (number | string)[]
    readonly dontBreakRows?: boolean
    readonly keepWithHeaderRows?: number
  }
  interface TableLayout {
    readonly hLineWidth?: (line: number, node: { readonly table: Table }) => number
    readonly vLineWidth?: () => number
    readonly hLineColor?: () => string
    readonly paddingLeft?: () => number
    readonly paddingRight?: () => number
    readonly paddingTop?: () => number
    readonly paddingBottom?: () => number
  }
  export interface DocumentDefinition {
    readonly info: Readonly<Record<string, string | Date>>
    readonly pageSize: string
    readonly pageMargins: readonly number[]
    readonly pageOrientation?: string
    readonly content: readonly Content[]
    readonly footer: (page: number, pages: number) => Content
    readonly styles: Readonly<Record<string, Style>>
    readonly defaultStyle: Style
    readonly compress?: boolean
    readonly lang?: string
    readonly pageBreakBefore?: (
      node: { readonly headlineLevel?: number; readonly pageNumbers: readonly number[] },
      container: { readonly getFollowingNodesOnPage: () => readonly unknown[] },
    ) => boolean
  }
  interface PdfMake {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(definition: DocumentDefinition): { getBuffer(): Promise<Uint8Array> }
  }
  const pdfmake: PdfMake
  export default pdfmake
}
