import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_RULES } from '../../../test/fixtures/page-rules.ts';
import { parseDocument } from '../dom.ts';
import { prepareRules, siteRuleFor, siteRulesSchema } from './page-rules.ts';

test('every pattern matches the examples that explain it, and no sentence that mentions them', () => {
  const { boilerplate } = PAGE_RULES;
  const sentence = '这款产品的相关阅读功能让用户在一个页面里看完所有材料，广告、评论和分享都收在侧边。';
  for (const entry of [...boilerplate.heads, ...boilerplate.strays, ...boilerplate.tails]) {
    const whole = new RegExp(`^(?:${entry.pattern})$`, 'iu');
    for (const example of entry.examples) assert.match(example, whole, entry.why);
    assert.doesNotMatch(sentence, whole, entry.why);
  }
});

test('a sentence in English that begins like a tail is no tail', () => {
  const { heads, strays, tails } = prepareRules(PAGE_RULES);
  for (const line of [
    'Comments from customers were mixed, and the company has promised to answer them by Friday.',
    'Share prices fell after the announcement.',
    'By Friday the model had been downloaded a million times.',
    'Photos of the new office were published on Monday.',
    'Subscribe buttons are the subject of a new study.',
  ])
    for (const rule of [...heads, ...strays, ...tails.map((tail) => tail.line)])
      assert.doesNotMatch(line, rule);
});

test('a site’s rule holds for its subdomains and for no namesake', () => {
  const sites = [{ hosts: ['site.example'], why: '', content: 'main', remove: [] }];
  assert.equal(siteRuleFor('https://news.site.example/1', sites), sites[0]);
  assert.equal(siteRuleFor('https://site.example/1', sites), sites[0]);
  assert.equal(siteRuleFor('https://othersite.example/1', sites), undefined);
  assert.equal(siteRuleFor('not an address', sites), undefined);
});

test('every selector of the shipped table can be asked', () => {
  const document = parseDocument('<p>一段</p>');
  for (const { content, remove, why } of PAGE_RULES.sites) {
    assert.notEqual(why, '');
    for (const selector of [content, ...remove])
      assert.doesNotThrow(() => document.querySelector(selector), selector);
  }
});

test('a table with a wrong form is refused', () => {
  assert.equal(
    siteRulesSchema.safeParse({ sites: [{ hosts: [], why: 'x', content: 'p', remove: [] }] }).success,
    false,
  );
});
