import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { hideToken, openChannel } from './connection/openChannel.ts'
import { takeToken } from './connection/takeToken.ts'
import { createWorkbench, workbenchKey } from './connection/workbench.ts'
import { createPageVuetify } from './plugins/vuetify.ts'
import { createPageRouter } from './router.ts'
import './styles/page.css'

/** A file that is dropped beside its place would be opened instead of this page, and what was typed would be gone. */
function refuseStrayDrops(): void {
  for (const type of ['dragover', 'drop'] as const)
    window.addEventListener(type, (event) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
    })
}

/** Puts the page together: one connection, the stores over it, the router, the theme. */
export function startPage(): void {
  const workbench = createWorkbench(openChannel)
  createApp(App).provide(workbenchKey, workbench).use(createPinia()).use(createPageRouter()).use(createPageVuetify()).mount('#app')
  workbench.start()
  refuseStrayDrops()
  // The address with its token, opened in a tab that shows the page already, changes the fragment alone.
  window.addEventListener('hashchange', () => {
    if (takeToken(location.hash).found === null) return
    if (workbench.state.value === 'open') hideToken()
    else workbench.retry()
  })
}
