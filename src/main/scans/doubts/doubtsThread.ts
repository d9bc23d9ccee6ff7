import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../../../shared/domain/errors.ts'
import type { ChunkDoubts } from '../../db/scanChunks.ts'
import { openDatabaseForReading } from '../../db/openDatabase.ts'
import { readScan } from '../../db/scans.ts'
import type { ThreadMessage } from '../../threads/runInThread.ts'
import { loadScanModels } from '../scanModels.ts'
import { readTrainingReference } from '../trainingReference.ts'
import type { DoubtsJob } from './doubtFinder.ts'
import { findDoubts } from './findDoubts.ts'

const { folders, scan: id } = workerData as DoubtsJob
const say = (message: ThreadMessage<boolean, ChunkDoubts>, transfer: ArrayBuffer[] = []) => parentPort!.postMessage(message, transfer)

/** Whether there is anything to compare with. */
async function work(): Promise<boolean> {
  const database = openDatabaseForReading(folders.workspace)
  try {
    const { assessed, models, options, windowLength } = readScan(database, id)
    const references = models.map(({ reference }) => reference)
    const { frame } = await loadScanModels(database, folders.checkpoints, references, options)
    const training = readTrainingReference(database, references[0]!)
    if (!training) return false
    for (const told of findDoubts(database, { id, assessed, frame, windowLength, seen: options.seen }, training)) {
      say({ told }, [told.distance.buffer as ArrayBuffer, told.flags.buffer as ArrayBuffer])
    }
    return true
  } finally {
    database.close()
  }
}

try {
  say({ result: await work() })
} catch (fault) {
  say({ fault: { message: messageOf(fault), stack: fault instanceof Error ? fault.stack : undefined } })
}
