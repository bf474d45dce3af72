import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeEnglishHeadline, writeEnglishSummary } from './english.ts';

const summaryOf = (text: string, title = 'Harbor opens its weights') =>
  writeEnglishSummary('Harbor opens its weights', [
    { articleId: 'a', text, kind: 'text', spell: String },
    { articleId: 'a', text: title, kind: 'title', spell: String },
  ]);

describe('an English headline', () => {
  it('loses the site’s name', () => {
    assert.equal(writeEnglishHeadline('Harbor opens its weights | The Lamp'), 'Harbor opens its weights');
  });

  it('loses the forum’s label, and so does a title that stands in for a summary', () => {
    const title = 'Show HN: Harbor, a small database for lamps';
    assert.equal(writeEnglishHeadline(title), 'Harbor, a small database for lamps');
    assert.equal(summaryOf('', title).summary, 'Harbor, a small database for lamps.');
  });

  it('is never cut inside a phrase', () => {
    const long = `Harbor opens the weights of its newest model to researchers: what the licence of the lamp works says`;
    assert.equal(writeEnglishHeadline(long), 'Harbor opens the weights of its newest model to researchers');
    const single = 'Harbor '.repeat(20).trim();
    assert.equal(writeEnglishHeadline(single), single);
  });
});

describe('an English summary', () => {
  it('is made of whole sentences about the event', () => {
    const { summary, evidence } = summaryOf(
      'Subscribe to our newsletter today. Harbor released version 2.5 of its model on Monday. It runs on a laptop with 8 GB of memory.',
    );
    assert.equal(
      summary,
      'Harbor released version 2.5 of its model on Monday. It runs on a laptop with 8 GB of memory.',
    );
    assert.equal(evidence.length, 2);
  });

  it('of an abstract begins with what it says', () => {
    const { summary } = summaryOf('[Submitted on 3 Mar]\nAbstract: We study how lamps learn from harbors.');
    assert.equal(summary, 'We study how lamps learn from harbors.');
  });

  it('never ends what a feed broke off', () => {
    const whole = 'Harbor shipped a tool for everyone today.';
    for (const torn of [
      'Many of its demos look impressive for five minutes and then fall a',
      'Many of its demos look impressive...',
      'Many of its demos look impressive for five minutes and then fall a [...]',
      'Many of its demos look impressive for five […]',
      'Many of its demos look […] Read more',
      'Many of its dem',
    ])
      assert.equal(summaryOf(`${whole} ${torn}`).summary, whole, torn);
  });

  it('of one torn sentence is the title', () => {
    const torn = 'Many agent demos look impressive for five minutes and then fall a';
    assert.equal(summaryOf(torn).summary, 'Harbor opens its weights.');
  });

  it('keeps a tagline and lines of a list, which need no full stop', () => {
    assert.equal(summaryOf('A small tool for reading lamps').summary, 'A small tool for reading lamps.');
    assert.match(summaryOf('Adds support for laptops\nFixes the harbor light bug').summary, /light bug\.$/);
  });

  it('takes each thing of a list of bullets by itself', () => {
    assert.equal(
      summaryOf('▪ Harbor invests 35 million in a yard ▪ The yard opens in June 2029').summary,
      'Harbor invests 35 million in a yard. The yard opens in June 2029.',
    );
  });

  it('has no counts and addresses before its text', () => {
    assert.equal(
      summaryOf('⭐ 804 stars today · 30,671 total · A small database for lamps and harbors').summary,
      'A small database for lamps and harbors.',
    );
    assert.equal(
      summaryOf('HN 475 points · 78 comments · https://example.com/a').summary,
      'Harbor opens its weights.',
    );
  });

  it('tells of the matter rather than of the article, where it can', () => {
    const itself = 'In this post, we show how the harbor light learns from its keepers.';
    const matter = 'The harbor light learns from its keepers in three days.';
    assert.equal(summaryOf(`${itself} ${matter}`).summary, matter);
    assert.equal(summaryOf(itself).summary, itself);
  });

  it('of an empty article is its title, thin', () => {
    const { summary, thin } = summaryOf('');
    assert.deepEqual([summary, thin], ['Harbor opens its weights.', true]);
  });

  it('puts no full stop after a Chinese one', () => {
    assert.equal(
      summaryOf('Harbor 今天发布了一个可以在本地运行的开源模型。', 'Harbor').summary,
      'Harbor 今天发布了一个可以在本地运行的开源模型。',
    );
  });
});
