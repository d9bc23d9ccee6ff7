import type { CallSpec, Contract, EventName, EventValue, Handler, Handlers } from '../contract/contract.ts'
import { WorkbenchError } from '../domain/errors.ts'
import type { Channel } from './channel.ts'
import { decode, encode } from './codec.ts'
import { requestSchema, type Request, type Response, type WireError } from './messages.ts'

export interface ServerOptions {
  /** Told of failures that are not the user's to mend; the caller sees only that something went wrong. */
  readonly onFault?: (fault: unknown, call: string) => void
}

/** The serving end of a channel. */
export interface Server<C extends Contract> {
  emit<N extends EventName<C>>(name: N, value: EventValue<C, N>): void
}

/**
 * Answers the calls of a contract on a channel. Input and output are checked against their schemas. When the channel
 * closes, running handlers finish and their results are dropped: closing a page never cancels its work.
 */
export function serve<C extends Contract>(contract: C, handlers: Handlers<C>, channel: Channel, options: ServerOptions = {}): Server<C> {
  const running = new Map<number, AbortController>()
  let open = true
  channel.closed(() => (open = false))
  const reply = (response: Response) => {
    if (open) channel.send(encode(response))
  }

  const answer = async ({ id, name, input }: Request & { type: 'call' }) => {
    const controller = new AbortController()
    try {
      if (running.has(id)) throw new WorkbenchError('invalid-input', `Call ${id} is under way already.`)
      running.set(id, controller)
      const { spec, handler } = find(contract, handlers, name)
      const parsed = spec.input.safeParse(input)
      if (!parsed.success) throw new WorkbenchError('invalid-input', `${name}: ${describe(parsed.error)}`)
      const progress = (value: unknown) => {
        if (!controller.signal.aborted) reply({ type: 'progress', id, value: spec.progress?.parse(value) })
      }
      const output = await handler(parsed.data, { signal: controller.signal, progress: progress })
      reply({ type: 'result', id, value: spec.output.parse(output) })
    } catch (fault) {
      reply({ type: 'error', id, error: toWire(fault, controller.signal, () => options.onFault?.(fault, name)) })
    } finally {
      if (running.get(id) === controller) running.delete(id)
    }
  }

  channel.receive((message) => {
    let request: Request
    try {
      request = requestSchema.parse(decode(message))
    } catch (fault) {
      options.onFault?.(fault, 'a message that is not a request')
      return
    }
    if (request.type === 'cancel') running.get(request.id)?.abort()
    else void answer(request)
  })

  return {
    emit: (name, value) => {
      const schema = contract.events[name]
      if (!schema) throw new TypeError(`${name} is not an event of this contract`)
      reply({ type: 'event', name, value: schema.parse(value) })
    },
  }
}

function find<C extends Contract>(contract: C, handlers: Handlers<C>, name: string): { spec: CallSpec; handler: Handler<CallSpec> } {
  const [group = '', call = ''] = name.split('.', 2)
  const spec =
    Object.hasOwn(contract.calls, group) && Object.hasOwn(contract.calls[group]!, call) ? contract.calls[group]![call]! : undefined
  if (!spec) throw new WorkbenchError('not-found', `There is no call ${name}.`)
  return { spec, handler: (handlers as Record<string, Record<string, unknown>>)[group]![call] as Handler<CallSpec> }
}

function toWire(fault: unknown, signal: AbortSignal, report: () => void): WireError {
  if (fault instanceof WorkbenchError) return { code: fault.code, message: fault.message, details: { ...fault.details } }
  if (signal.aborted) return { code: 'cancelled', message: 'Stopped.', details: {} }
  report()
  return {
    code: 'internal',
    message: 'Something went wrong inside the workbench; its log has the details.',
    details: {},
  }
}

function describe(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  return error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')).join('; ')
}
