import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { MappingTemplate, TableMapping } from '../../shared/domain/mapping.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'

/** Mappings of tables that are kept under names. */
export const useMappingTemplates = defineStore('mappingTemplates', () => {
  const { calls, whenOpen } = useWorkbench()
  const all = shallowRef<readonly MappingTemplate[]>([])
  const loading = useTask(async () => {
    all.value = await calls.templates.list({})
  })
  const saving = useTask(async ({ name, mapping }: { name: string; mapping: TableMapping }) => {
    const saved = await calls.templates.save({ name, mapping })
    all.value = [...all.value.filter((other) => other.name !== saved.name), saved].toSorted((a, b) => a.name.localeCompare(b.name))
    return saved
  })
  const removing = useTask(async (name: string) => {
    await calls.templates.remove({ name })
    all.value = all.value.filter((other) => other.name !== name)
  })
  whenOpen(() => void loading.start(undefined))
  return { all, save: saving.start, saveError: saving.error, remove: removing.start, removeError: removing.error }
})
