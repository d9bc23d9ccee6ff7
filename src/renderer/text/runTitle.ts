import type { Run } from '../../shared/domain/run.ts'

/** What a run is called: as the person named it, else by its number. */
export function runTitle({ id, name }: Pick<Run, 'id' | 'name'>): string {
  return name || `Run ${id}`
}
