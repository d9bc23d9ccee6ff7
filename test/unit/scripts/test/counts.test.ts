import { describe, expect, it } from 'vitest'
import {
  countLine,
  countsOfCheck,
  countsOfPlaywright,
  countsOfVitest,
  exitCodeOf,
  stageLine,
  sumOf,
} from '../../../../scripts/test/counts.mjs'

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{}] }],
}
const playwrightReport = { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 2 }, errors: [] }

describe('counts', () => {
  it('takes a static check as one test', () => {
    expect(countsOfCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 })
    expect(countsOfCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it("takes Vitest's numbers, with todo as skipped", () => {
    expect(countsOfVitest(vitestReport, 0)).toEqual({ passed: 5, failed: 0, skipped: 2 })
    expect(countsOfVitest({ ...vitestReport, numFailedTests: 3 }, 1)).toEqual({ passed: 5, failed: 3, skipped: 2 })
  })

  it('counts a test file that could not be loaded', () => {
    const testResults = [...vitestReport.testResults, { status: 'failed', assertionResults: [] }]
    expect(countsOfVitest({ ...vitestReport, testResults }, 1)).toEqual({ passed: 5, failed: 1, skipped: 2 })
  })

  it("takes Playwright's numbers, with a flaky test as failed", () => {
    expect(countsOfPlaywright(playwrightReport, 0)).toEqual({ passed: 4, failed: 0, skipped: 2 })
    expect(countsOfPlaywright({ ...playwrightReport, stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } }, 1)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 0,
    })
    expect(countsOfPlaywright({ ...playwrightReport, errors: [{}] }, 1).failed).toBe(1)
  })

  it('fails a suite that ended badly, wrote no report or tested nothing', () => {
    expect(countsOfVitest(vitestReport, 1).failed).toBe(1)
    expect(countsOfVitest(undefined, 0).failed).toBe(1)
    expect(countsOfPlaywright(undefined, 0).failed).toBe(1)
    expect(countsOfPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 7 }, errors: [] }, 0)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 7,
    })
  })

  it('sums up to one line and an exit code', () => {
    const sum = sumOf([countsOfCheck(0), countsOfVitest(vitestReport, 0), countsOfPlaywright(playwrightReport, 0)])
    expect(countLine(sum)).toBe('10 passed, 0 failed')
    expect(stageLine(sum)).toBe('10 passed, 0 failed, 4 skipped')
    expect(exitCodeOf(sum)).toBe(0)
    expect(countLine(sumOf([sum, countsOfCheck(1)]))).toBe('10 passed, 1 failed')
    expect(exitCodeOf(sumOf([sum, countsOfCheck(1)]))).toBe(1)
  })

  it('says nothing of skipped tests where none was, and never passes where none ran', () => {
    expect(stageLine(countsOfCheck(0))).toBe('1 passed, 0 failed')
    expect(exitCodeOf(sumOf([]))).toBe(1)
  })
})
