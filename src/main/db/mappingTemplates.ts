import { WorkbenchError } from '../../shared/domain/errors.ts'
import { tableMappingSchema, type MappingTemplate } from '../../shared/domain/mapping.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'

interface TemplateRow {
  name: string
  mapping: string
  created_at: string
}

/** Mappings that were kept, by name. */
export function listTemplates(database: ReadableDatabase): MappingTemplate[] {
  return database.prepare<TemplateRow>('SELECT * FROM mapping_templates ORDER BY name').all().map(toTemplate)
}

/** Keeps a mapping; one of the same name is replaced. */
export function saveTemplate(database: WritableDatabase, { name, mapping, createdAt }: MappingTemplate): void {
  database.transaction(() =>
    database
      .prepare('INSERT OR REPLACE INTO mapping_templates (name, mapping, created_at) VALUES (?, ?, ?)')
      .run(name, JSON.stringify(mapping), createdAt),
  )
}

/** @throws WorkbenchError `not-found` */
export function removeTemplate(database: WritableDatabase, name: string): void {
  const { changes } = database.transaction(() => database.prepare('DELETE FROM mapping_templates WHERE name = ?').run(name))
  if (changes === 0) throw new WorkbenchError('not-found', `There is no template named ${name}.`, { hint: 'Choose one from the list.' })
}

function toTemplate({ name, mapping, created_at }: TemplateRow): MappingTemplate {
  return { name, mapping: tableMappingSchema.parse(JSON.parse(mapping)), createdAt: created_at }
}
