import type { WorkbenchHandlers } from '../../../shared/contract/workbench.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { listTemplates, removeTemplate, saveTemplate } from '../../db/mappingTemplates.ts'

/** The `templates` calls of the contract. */
export function templateHandlers(database: WritableDatabase, now: () => Date): WorkbenchHandlers['templates'] {
  return {
    list: () => listTemplates(database),
    save: ({ name, mapping }) => {
      const template = { name, mapping, createdAt: now().toISOString() }
      saveTemplate(database, template)
      return template
    },
    remove: ({ name }) => {
      removeTemplate(database, name)
      return {}
    },
  }
}
