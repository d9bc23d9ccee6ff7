import { nextTick } from 'vue'
import { createRouter, createWebHistory, START_LOCATION, type Router } from 'vue-router'
import HomeView from './views/home/HomeView.vue'

const routes = [
  { path: '/', name: 'home', component: HomeView },
  { path: '/datasets', name: 'datasets', component: () => import('./views/datasets/DatasetsView.vue') },
  { path: '/datasets/import', name: 'import', component: () => import('./views/datasets/ImportView.vue') },
  { path: '/datasets/bin', name: 'bin', component: () => import('./views/datasets/BinView.vue') },
  { path: '/datasets/combine', name: 'combine', component: () => import('./views/datasets/CombineView.vue') },
  { path: '/datasets/:id(\\d+)', name: 'dataset', component: () => import('./views/datasets/DatasetView.vue') },
  { path: '/experiments', name: 'experiments', component: () => import('./views/experiments/ExperimentsView.vue') },
  { path: '/experiments/new', name: 'launch', component: () => import('./views/experiments/LaunchView.vue') },
  { path: '/experiments/bin', name: 'run-bin', component: () => import('./views/experiments/RunBinView.vue') },
  { path: '/experiments/beside', name: 'beside', component: () => import('./views/experiments/BesideView.vue') },
  { path: '/experiments/runs/:id(\\d+)', name: 'run', component: () => import('./views/experiments/RunView.vue') },
  { path: '/compare', name: 'compare', component: () => import('./views/compare/CompareView.vue') },
  { path: '/scan', name: 'scans', component: () => import('./views/scan/ScansView.vue') },
  { path: '/scan/new', name: 'new-scan', component: () => import('./views/scan/ScansView.vue') },
  { path: '/scan/bin', name: 'scan-bin', component: () => import('./views/scan/ScanBinView.vue') },
  { path: '/scan/:id(\\d+)/locus/:position(\\d+)', name: 'locus', component: () => import('./views/scan/LocusView.vue') },
  { path: '/scan/:id(\\d+)/sequence/:position(\\d+)', name: 'sequence', component: () => import('./views/scan/SequenceView.vue') },
  { path: '/scan/:id(\\d+)', name: 'scan', component: () => import('./views/scan/ScanView.vue') },
  { path: '/settings', name: 'settings', component: () => import('./views/settings/SettingsView.vue') },
  { path: '/:rest(.*)*', name: 'lost', component: () => import('./views/NotFoundView.vue') },
]

/** Real addresses, so that a page can be kept, shared and opened again. */
export function createPageRouter(): Router {
  const router = createRouter({ history: createWebHistory(), routes })
  router.afterEach((to, from, failure) => {
    if (failure || to.path === from.path || from === START_LOCATION) return
    window.scrollTo(0, 0)
    // A new page says its name to a screen reader, and the next Tab goes on from there.
    void nextTick(() => document.querySelector('h1')?.focus({ preventScroll: true }))
  })
  return router
}
