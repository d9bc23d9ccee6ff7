import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { WorkspaceFolders } from '../core.ts'
import { breather } from '../datasets/breathe.ts'
import type { ReadableDatabase, WritableDatabase } from '../db/database.ts'
import { readScan } from '../db/scans.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import { withSource } from '../files/openSource.ts'
import { exportScan } from './exporting/exportScan.ts'
import { annotateScan } from './reading/annotateScan.ts'
import { describeSequence } from './reading/describeSequence.ts'
import { readScorePage } from './reading/queryScores.ts'
import { readLocus } from './reading/readLocus.ts'
import { readPeaks } from './reading/readPeaks.ts'
import { scoreHistogram } from './reading/scoreHistogram.ts'

type ScanHandlers = WorkbenchHandlers['scans']

/** The calls that look at what a scan came to. */
export function scanReadings(
  database: ReadableDatabase,
  folders: Pick<WorkspaceFolders, 'checkpoints' | 'uploads'>,
  supervisor: EngineSupervisor,
): Pick<ScanHandlers, 'scores' | 'histogram' | 'sequence' | 'locus' | 'peaks' | 'export'> {
  return {
    scores: ({ id, ...page }, { signal }) => readScorePage(database, readScan(database, id), page, breather(signal)),
    histogram: ({ id, column }, { signal }) => scoreHistogram(database, readScan(database, id), column, breather(signal)),
    sequence: ({ id, position }, { signal }) =>
      describeSequence(database, folders.checkpoints, supervisor, readScan(database, id), position, breather(signal), signal),
    locus: ({ id, ...asked }, { signal }) => readLocus(database, readScan(database, id), asked, breather(signal)),
    peaks: ({ id, position, rule }, { signal }) => readPeaks(database, readScan(database, id), position, rule, breather(signal)),
    export: ({ id, ...asked }, { signal, progress }) => exportScan(database, readScan(database, id), asked, breather(signal), progress),
  }
}

/** The call that keeps annotations beside a scan. */
export function scanAnnotations(database: WritableDatabase, folders: Pick<WorkspaceFolders, 'uploads'>): Pick<ScanHandlers, 'annotate'> {
  return {
    annotate: ({ id, source }, { signal }) =>
      withSource(source, folders.uploads, (opened) => annotateScan(database, readScan(database, id), opened, breather(signal))),
  }
}
