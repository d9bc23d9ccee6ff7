import { answerInThread } from '../../../../src/main/threads/answerInThread.ts'

/** Doubles numbers; tells each; fails or never ends where it is asked to. */
answerInThread<{ readonly numbers: readonly number[]; readonly then: 'answer' | 'fail' | 'exit' | 'hang' }, Float64Array>(
  ({ numbers, then }, tell) => {
    for (const number of numbers) tell(number)
    if (then === 'fail') throw new RangeError('too large')
    if (then === 'exit') process.exit(3)
    if (then === 'hang') for (;;);
    return Float64Array.from(numbers, (number) => 2 * number)
  },
)
