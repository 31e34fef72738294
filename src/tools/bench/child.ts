/** One measure in a process of its own: `child.ts MEASURE FILE [TEXT]` prints its figures as JSON. */
import { measures } from './measures.js';

const [name = '', file = '', text = ''] = process.argv.slice(2);
const measure = measures[name];
if (!measure) throw new Error(`there is no measure "${name}"`);
console.log(JSON.stringify(await measure(file, text)));
process.exit(0);
