import type { ModelReference } from '../../shared/domain/model.ts'
import { WrongUse } from './command.ts'

/** The model that a command line names. @throws WrongUse unless it is one, of a run or imported */
export function modelReference({ run, model }: { readonly run?: number; readonly model?: number }): ModelReference {
  if (run !== undefined && model === undefined) return { run }
  if (model !== undefined && run === undefined) return { model }
  throw new WrongUse('Name either --run or --model.')
}
