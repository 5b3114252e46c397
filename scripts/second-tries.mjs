import { writeFileSync } from 'node:fs'

/** A reporter for Vitest: writes to the file SECOND_TRIES the names of tests that went well only when tried again. */
export default class SecondTries {
  names = []

  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.names.push(test.fullName)
  }

  onTestRunEnd() {
    writeFileSync(process.env.SECOND_TRIES, JSON.stringify(this.names))
  }
}
