/** The token in an address's fragment (`#token=…`), and what is left of the fragment without it. */
export function takeToken(hash: string): { readonly found: string | null; readonly rest: string } {
  const parameters = hash.replace(/^#/, '').split('&').filter(Boolean)
  const token = parameters.find((parameter) => parameter.startsWith('token='))
  const rest = parameters.filter((parameter) => parameter !== token).join('&')
  return { found: token ? decodeURIComponent(token.slice('token='.length)) || null : null, rest: rest && `#${rest}` }
}
