import { openDatabase } from '../../../../src/main/db/openDatabase.ts'

// A process of its own for the tests of the lock: opens the workspace that it is given, says so, and waits to be killed.
openDatabase(process.argv[2]!)
process.stdout.write('open\n')
process.stdin.resume()
