// npm run bench -- [pipeline | stories | fetch | writing | letters] [HOW_MANY] | pages [--data FOLDER] | site [EDITIONS] [--data FOLDER]: speed and memory.
// Each is imported when it is asked for, so that nothing counts as its memory that only others need.
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' } },
  allowPositionals: true,
});
const [first, second] = positionals;
if (first === 'stories') (await import('./stories.ts')).benchStories(Number(second ?? 100_000));
else if (first === 'fetch') await (await import('./fetch.ts')).benchFetch(Number(second ?? 1000));
else if (first === 'pages') await (await import('./pages.ts')).benchPages(values.data);
else if (first === 'writing') (await import('./writing.ts')).benchWriting(Number(second ?? 1000));
else if (first === 'letters') await (await import('./letters.ts')).benchLetters(Number(second ?? 5000));
else if (first === 'site') await (await import('./site.ts')).benchSite(Number(second ?? 3000), values.data);
else {
  const { benchPipeline } = await import('./pipeline.ts');
  await benchPipeline(Number((first === 'pipeline' ? second : first) ?? 600));
}
