// mocha's own `spec` reporter, ending with one line that every reader of logs can count.
import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class CountingSpec extends Mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures } = this.stats;
    const totals = process.env['TEST_TOTALS_FILE'];
    if (totals) appendFileSync(totals, `${passes} ${failures}\n`);
    else Mocha.reporters.Base.consoleLog(`${passes} passed, ${failures} failed`);
  }
}
