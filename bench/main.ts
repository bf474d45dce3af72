// npm run bench -- [pipeline | stories | fetch] [ARTICLES]: speed and memory on generated articles.
import { benchFetch } from './fetch.ts';
import { benchPipeline } from './pipeline.ts';
import { benchStories } from './stories.ts';

const [first, second] = process.argv.slice(2);
if (first === 'stories') benchStories(Number(second ?? 100_000));
else if (first === 'fetch') await benchFetch(Number(second ?? 1000));
else await benchPipeline(Number((first === 'pipeline' ? second : first) ?? 600));
