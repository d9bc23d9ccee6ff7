import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../../src/shared/rpc/codec.ts'
import { memoryChannel } from '../../../../src/shared/rpc/memoryChannel.ts'
import { serveTrial } from '../../../contract/trialContract.ts'

function rawServer() {
  const [near, far] = memoryChannel()
  const faults: unknown[] = []
  serveTrial(far, (fault) => faults.push(fault))
  const answers: unknown[] = []
  let arrived = () => {}
  near.receive((message) => {
    answers.push(decode(message))
    arrived()
  })
  return { near, faults, answers, nextAnswer: () => new Promise<void>((resolve) => (arrived = resolve)) }
}

describe('serve', () => {
  it.each(['values.nothing', 'nothing', 'values.toString', '__proto__.echo', 'constructor.name', ''])('has no call %j', async (name) => {
    const { near, answers, nextAnswer } = rawServer()
    const answered = nextAnswer()
    near.send(encode({ type: 'call', id: 1, name, input: {} }))
    await answered
    expect(answers).toMatchObject([{ type: 'error', id: 1, error: { code: 'not-found' } }])
  })

  it('says of a fault of its own only that there was one, and reports it', async () => {
    const { near, faults, answers, nextAnswer } = rawServer()
    const answered = nextAnswer()
    near.send(encode({ type: 'call', id: 2, name: 'work.crash', input: {} }))
    await answered
    expect(answers).toEqual([
      {
        type: 'error',
        id: 2,
        error: { code: 'internal', message: 'Something went wrong inside the workbench; its log has the details.', details: {} },
      },
    ])
    expect(faults).toMatchObject([{ message: 'secret detail' }])
  })

  it('goes on after messages that are no requests, and reports them', async () => {
    const { near, faults, answers, nextAnswer } = rawServer()
    const answered = nextAnswer()
    near.send(Uint8Array.of(1, 2))
    near.send(encode({ type: 'surprise' }))
    near.send(encode({ type: 'call', id: 5, name: 'values.echo', input: { value: 'still here' } }))
    await answered
    expect(answers).toEqual([{ type: 'result', id: 5, value: { value: 'still here' } }])
    expect(faults).toHaveLength(2)
  })
})
