import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'

export type Appearance = 'system' | 'light' | 'dark'

/** Light, dark, or as the system says. Kept in the workspace, so that it goes where the workspace goes. */
export const useAppearance = defineStore('appearance', () => {
  const workbench = useWorkbench()
  const chosen = ref<Appearance>('system')
  const saving = useTask(workbench.calls.workspace.changeSettings)
  workbench.whenOpen(() => {
    workbench.calls.workspace.settings({}).then(
      (settings) => (chosen.value = settings.theme),
      () => undefined,
    )
  })
  const choose = async (appearance: Appearance) => {
    chosen.value = appearance
    await saving.start({ theme: appearance })
  }
  return { chosen, choose, error: saving.error }
})
