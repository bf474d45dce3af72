// npm run bench -- [pipeline | stories | facts] [HOW MANY]: speed and memory on generated articles.
import { benchFacts } from './facts.ts';
import { benchPipeline } from './pipeline.ts';
import { benchStories } from './stories.ts';

const [first, second] = process.argv.slice(2);
if (first === 'stories') benchStories(Number(second ?? 100_000));
else if (first === 'facts') benchFacts(Number(second ?? 1000));
else await benchPipeline(Number((first === 'pipeline' ? second : first) ?? 600));
