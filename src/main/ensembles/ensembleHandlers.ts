import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { Ensemble } from '../../shared/domain/ensemble.ts'
import type { Core } from '../core.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { insertEnsemble, purgeEnsemble, readEnsemble, readEnsembles, renameEnsemble, setEnsembleRemoved } from '../db/ensembles.ts'
import { makeEnsemble } from './makeEnsemble.ts'

type EnsembleHandlers = WorkbenchHandlers['ensembles']

/** The calls about ensembles that change nothing. */
export function ensembleReaders(database: ReadableDatabase): Pick<EnsembleHandlers, 'list'> {
  return { list: () => readEnsembles(database) }
}

/** The calls about ensembles, on a workspace that can be written to. */
export function ensembleHandlers({ database, folders, clock, emit }: Core): EnsembleHandlers {
  const told = (id: number): Ensemble => {
    const ensemble = readEnsemble(database, id)
    emit('ensembles.changed', ensemble)
    return ensemble
  }
  return {
    ...ensembleReaders(database),
    make: async ({ name, runs }) => {
      const made = await makeEnsemble(database, folders.checkpoints, runs)
      return told(insertEnsemble(database, { ...made, name, createdAt: clock().toISOString() }))
    },
    rename: ({ id, name }) => {
      renameEnsemble(database, id, name)
      return told(id)
    },
    remove: ({ id }) => {
      setEnsembleRemoved(database, id, clock().toISOString())
      return told(id)
    },
    restore: ({ id }) => {
      setEnsembleRemoved(database, id, null)
      return told(id)
    },
    purge: ({ id }) => {
      purgeEnsemble(database, id)
      emit('ensembles.removed', { id })
      return {}
    },
  }
}
