/** The closed set of ways in which a call can fail. The message, not the code, is what a user reads. */
export const errorCodes = ['invalid-input', 'not-found', 'conflict', 'unavailable', 'cancelled', 'internal'] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Where a problem is, in the user's own names. */
export interface ErrorDetails {
  /** The file's own name, without its folder. */
  readonly file?: string | undefined
  /** Line number, counted from 1. */
  readonly line?: number | undefined
  /** What the user can do next. */
  readonly hint?: string | undefined
  /** What a call would have to be given besides, where a form can ask for it. */
  readonly needs?: 'genome' | 'columns' | undefined
  /** Columns to choose from, where `columns` are needed. */
  readonly columns?: readonly string[] | undefined
}

/** A failure whose message may be shown to the user as it stands: where, what it means, what happens next. */
export class WorkbenchError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'WorkbenchError'
    this.code = code
    this.details = details
  }
}

/** The text of anything thrown, for a message or a log. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
