import 'vuetify/styles/layers'
import 'vuetify/styles/core'
import { createVuetify } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'

// Text on a field's label is drawn at medium emphasis; at these values it keeps 4.5 : 1 on its ground.
const variables = { 'medium-emphasis-opacity': 0.74, 'high-emphasis-opacity': 1, 'border-opacity': 0.16, 'border-color': '#6b7680' }

/** Vuetify with the workbench's two themes: paper-white and ink, one blue, nothing that shouts. */
export function createPageVuetify() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
  return createVuetify({
    display: { mobileBreakpoint: 860 },
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    theme: {
      defaultTheme: 'system',
      ...(nonce && { cspNonce: nonce }),
      themes: {
        light: {
          dark: false,
          colors: {
            background: '#f7f8f9',
            surface: '#ffffff',
            primary: '#0b5c8c',
            secondary: '#44525e',
            success: '#1c6e3d',
            warning: '#8a5700',
            error: '#a8261f',
            info: '#0b5c8c',
            'on-background': '#1a2026',
            'on-surface': '#1a2026',
            'on-primary': '#ffffff',
          },
          variables: { ...variables, 'border-opacity': 0.28 },
        },
        dark: {
          dark: true,
          colors: {
            background: '#12161a',
            surface: '#191e23',
            primary: '#7cc0ec',
            secondary: '#a9b6c1',
            success: '#82cf9f',
            warning: '#e8b95a',
            error: '#f3a29b',
            info: '#7cc0ec',
            'on-background': '#e4e8eb',
            'on-surface': '#e4e8eb',
            'on-primary': '#0a2536',
            'on-error': '#3a0a07',
            'on-warning': '#2e2000',
          },
          variables: { ...variables, 'border-opacity': 0.45 },
        },
      },
    },
    defaults: {
      VBtn: { variant: 'outlined', rounded: 'md', height: 36, ripple: false },
      VTextField: { variant: 'outlined', density: 'compact', hideDetails: 'auto', color: 'primary' },
      VTextarea: { variant: 'outlined', density: 'compact', hideDetails: 'auto', color: 'primary' },
      VSelect: { variant: 'outlined', density: 'compact', hideDetails: 'auto', color: 'primary' },
      VCheckbox: { density: 'compact', hideDetails: true, color: 'primary', ripple: false },
      VProgressLinear: { color: 'primary', height: 6, rounded: true },
      VTooltip: { maxWidth: 360, openDelay: 150 },
    },
  })
}
