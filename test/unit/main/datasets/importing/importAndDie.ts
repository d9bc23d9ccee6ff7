import { join } from 'node:path'
import type { ImportPlan } from '../../../../../src/shared/domain/importing.ts'
import { importAtOnce } from '../importAtOnce.ts'
import type { Statement, WritableDatabase } from '../../../../../src/main/db/database.ts'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'

// A process that imports a plan and is killed at a moment: by itself, so that the moment is certain, and as kill −9 does it.
const [folder, moment, plan] = process.argv.slice(2) as [string, string, string]
const die = () => process.kill(process.pid, 'SIGKILL')
const database = openDatabase(folder)

/** The same database, but for the death when all rows are staged, or in the middle of the transaction that writes the dataset. */
const deadly: WritableDatabase = {
  transaction: (work) => database.transaction(work),
  close: () => database.close(),
  prepare: <Row>(sql: string): Statement<Row> => {
    if (moment === 'staging' && sql.startsWith('ATTACH')) die()
    if (moment === 'writing' && sql.includes('INTO unmatched_names')) die()
    return database.prepare<Row>(sql)
  },
}
await importAtOnce(
  { name: 'killed', plan: JSON.parse(plan) as ImportPlan },
  {
    database: deadly,
    uploadsFolder: join(folder, 'uploads'),
    now: () => new Date(),
    progress: ({ stage }) => {
      if (moment === 'reading' && stage.startsWith('Reading K562')) die()
    },
  },
)
process.stdout.write('it was written\n')
