import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../../shared/domain/errors.ts'
import type { ThreadMessage } from './runInThread.ts'

/** The other end of {@link runInThread}: does the job and says what came of it. @param work may tell numbers on the way */
export function answerInThread<Job, Result extends Float64Array>(work: (job: Job, tell: (value: number) => void) => Result): void {
  const say = (message: ThreadMessage<Result>, transfer: ArrayBuffer[] = []) => parentPort!.postMessage(message, transfer)
  try {
    const result = work(workerData as Job, (told) => say({ told }))
    say({ result }, [result.buffer as ArrayBuffer])
  } catch (fault) {
    say({ fault: { message: messageOf(fault), stack: fault instanceof Error ? fault.stack : undefined } })
  }
}
