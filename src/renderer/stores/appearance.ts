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
  let choices = 0
  workbench.whenOpen(() => {
    const before = choices
    workbench.calls.workspace.settings({}).then(
      // What was chosen while the answer was on its way is newer than the answer.
      (settings) => before === choices && (chosen.value = settings.theme),
      () => undefined,
    )
  })
  const choose = async (appearance: Appearance) => {
    choices++
    chosen.value = appearance
    await saving.start({ theme: appearance })
  }
  return { chosen, choose, error: saving.error }
})
