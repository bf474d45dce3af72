// npm run bench -- [pipeline | stories | fetch | writing | letters] [HOW_MANY] | pages [--data FOLDER] | site [EDITIONS] [--data FOLDER]: speed and memory.
import { parseArgs } from 'node:util';
import { benchFetch } from './fetch.ts';
import { benchLetters } from './letters.ts';
import { benchPages } from './pages.ts';
import { benchPipeline } from './pipeline.ts';
import { benchSite } from './site.ts';
import { benchStories } from './stories.ts';
import { benchWriting } from './writing.ts';

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' } },
  allowPositionals: true,
});
const [first, second] = positionals;
if (first === 'stories') benchStories(Number(second ?? 100_000));
else if (first === 'fetch') await benchFetch(Number(second ?? 1000));
else if (first === 'pages') await benchPages(values.data);
else if (first === 'writing') benchWriting(Number(second ?? 1000));
else if (first === 'letters') await benchLetters(Number(second ?? 5000));
else if (first === 'site') await benchSite(Number(second ?? 3000), values.data);
else await benchPipeline(Number((first === 'pipeline' ? second : first) ?? 600));
