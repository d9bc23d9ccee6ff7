import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { openChannel } from './connection/openChannel.ts'
import { takeToken } from './connection/takeToken.ts'
import { createWorkbench, workbenchKey } from './connection/workbench.ts'
import { createPageVuetify } from './plugins/vuetify.ts'
import { createPageRouter } from './router.ts'
import './styles/page.css'

/** Puts the page together: one connection, the stores over it, the router, the theme. */
export function startPage(): void {
  const workbench = createWorkbench(openChannel)
  createApp(App).provide(workbenchKey, workbench).use(createPinia()).use(createPageRouter()).use(createPageVuetify()).mount('#app')
  workbench.start()
  // The address with its token, opened in a tab that shows the page already, changes the fragment alone.
  window.addEventListener('hashchange', () => takeToken(location.hash).found !== null && workbench.retry())
}
