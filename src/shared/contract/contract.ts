import type { z } from 'zod'

/** One call: what goes in, what comes out, and what is told on the way. Both ends of a channel check all three. */
export interface CallSpec {
  readonly input: z.ZodType
  readonly output: z.ZodType
  readonly progress?: z.ZodType
}
export type Calls = Readonly<Record<string, CallSpec>>
/** Calls in groups: the call `start` in the group `scans` is `scans.start` on the wire. */
export type CallGroups = Readonly<Record<string, Calls>>
export type EventSpecs = Readonly<Record<string, z.ZodType>>

/** All that two processes may say to each other. */
export interface Contract {
  readonly calls: CallGroups
  readonly events: EventSpecs
}

export type Input<S extends CallSpec> = z.output<S['input']>
export type Output<S extends CallSpec> = z.output<S['output']>
export type Progress<S extends CallSpec> = S extends { readonly progress: infer P extends z.ZodType } ? z.output<P> : never

/** What a handler gets beside its input. */
export interface CallContext<P> {
  /** Aborted when the caller cancels this call; never because the caller's channel closed. */
  readonly signal: AbortSignal
  readonly progress: (value: P) => void
}
export type Handler<S extends CallSpec> = (input: Input<S>, context: CallContext<Progress<S>>) => Output<S> | Promise<Output<S>>
/** A handler for every call of a contract: a missing one does not compile. */
export type Handlers<C extends Contract> = {
  readonly [G in keyof C['calls']]: { readonly [K in keyof C['calls'][G]]: Handler<C['calls'][G][K]> }
}

/** What a caller may pass beside the input. */
export interface CallOptions<P> {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((value: P) => void) | undefined
}
export type Client<C extends Contract> = {
  readonly [G in keyof C['calls']]: {
    readonly [K in keyof C['calls'][G]]: (
      input: z.input<C['calls'][G][K]['input']>,
      options?: CallOptions<Progress<C['calls'][G][K]>>,
    ) => Promise<Output<C['calls'][G][K]>>
  }
}
export type EventName<C extends Contract> = keyof C['events'] & string
export type EventValue<C extends Contract, N extends EventName<C>> = z.output<C['events'][N]>
