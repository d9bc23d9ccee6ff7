import type { SplitSettings } from '../../../shared/domain/split.ts'
import { splitByChromosome } from './splitByChromosome.ts'
import { splitByColumn } from './splitByColumn.ts'
import { splitByGroup } from './splitByGroup.ts'
import { splitByName } from './splitByName.ts'
import type { Assignment, SplitContent } from './splitContent.ts'
import { splitIntoFolds } from './splitIntoFolds.ts'

/** The part of each element under the settings. @throws WorkbenchError `invalid-input` where they do not fit the dataset */
export function assignParts(content: SplitContent, settings: SplitSettings): Assignment {
  switch (settings.kind) {
    case 'group':
      return splitByGroup(content, settings)
    case 'kfold':
      return splitIntoFolds(content, settings)
    case 'chromosome':
      return splitByChromosome(content, settings)
    case 'column':
      return splitByColumn(content, settings)
    case 'name':
      return splitByName(content, settings)
  }
}
