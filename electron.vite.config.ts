import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import vuetify from 'vite-plugin-vuetify'

const inProject = (path: string): string => resolve(import.meta.dirname, path)

/** electron-vite makes every address relative; this comes after it. The page answers on every route, so its files need absolute ones. */
const absoluteAddresses: Plugin = { name: 'absolute-addresses', enforce: 'post', config: () => ({ base: '/' }) }

// The set-up builds beside out/ and swaps by rename, so that a build cut short never stands in the place of a whole one.
const out = inProject(process.env['WORKBENCH_OUT'] ?? 'out')

export default defineConfig({
  main: {
    build: {
      outDir: out,
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          'main/index': inProject('src/main/index.ts'),
          'main/serve': inProject('src/main/serve.ts'),
          'main/cli': inProject('src/main/cli.ts'),
          // Threads of the core, beside it: src/main/threads.
          'main/bootstrapThread': inProject('src/main/comparisons/bootstrapThread.ts'),
          'main/doubtsThread': inProject('src/main/scans/doubts/doubtsThread.ts'),
          'main/pdfThread': inProject('src/main/reports/pdfThread.ts'),
          'engine/index': inProject('src/engine/index.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Beside the entries: what reads its own place (import.meta.url) finds the other parts from there as it does in src/main.
          chunkFileNames: 'main/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(out, 'preload'),
      // A sandboxed preload is one CommonJS file that can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: inProject('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: inProject('src/renderer'),
    plugins: [vue(), vuetify(), absoluteAddresses],
    build: {
      outDir: resolve(out, 'renderer'),
      emptyOutDir: true,
      // Browsers of the last years as well as Electron: the page is served to both. (A list would be added to electron-vite's own.)
      target: 'es2022',
      minify: 'oxc',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: inProject('src/renderer/index.html') },
    },
  },
})
