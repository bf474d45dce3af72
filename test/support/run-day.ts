// node test/support/run-day.ts CONFIG DATE ADDRESS PORT: one run of a sample day as a process of its own, to be killed.
// Prints `ended STEP` after each step and `state STATE` at the end.
import { openSampleNewsroom } from '../../src/newsroom/demo.ts';
import { runEdition } from '../../src/newsroom/run-edition.ts';

const [config = '', date = '', address = '', port = ''] = process.argv.slice(2);
const room = openSampleNewsroom(config, date, { address, port: Number(port) });
const report = await runEdition(room, { date }, (tidings) => {
  if (tidings.kind === 'step-ended') process.stdout.write(`ended ${tidings.step}\n`);
});
await room.close();
process.stdout.write(`state ${report.run.state}\n`);
