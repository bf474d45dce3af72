import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import { aBrief } from '../../../test/support/invent.ts';
import type { Edition, LeftOut } from '../../domain/edition.ts';
import { renderLeftOut, sum } from './render-left-out.ts';

const parts = [
  { signal: '基础分', weight: 14 },
  { signal: '2 家独立来源报道', weight: 13 },
  { signal: '标题党', weight: -3 },
];

function left(why: string, given: Partial<LeftOut> = {}): LeftOut {
  return {
    storyId: 'sx',
    title: '芦苇科技的一天',
    url: 'http://reed.example/1',
    publisher: '芦苇周报',
    section: '新闻资讯',
    noise: null,
    worth: 24,
    parts,
    why,
    ...given,
  };
}

function edition(leftOut: LeftOut[]): Edition {
  const item = { brief: aBrief('sa1'), worth: 60, publisher: '青石日报', outlets: [], parts };
  return {
    date: '2026-03-10',
    title: '',
    tagline: '',
    sections: [{ name: '新闻资讯', items: [item] }],
    revision: 1,
    contentHash: '',
    madeFrom: '',
    composedAt: 0,
    status: { kind: 'approved' },
    leftOut,
    articleIds: {},
  };
}

test('every candidate stands once, under the kind of its reason, the chosen ones last', () => {
  const whys = [
    '全刊已满 30 条',
    '「青石」的消息已有 5 条',
    '2026-03-09 已报道，没有新的事实',
    '价值 9 分，低于 14 分',
    '广告或软文：扫码购买',
    '与 AI 无关：没有提到',
    '编辑不要',
    '说不清的原因',
  ];
  const { document } = parseHTML(renderLeftOut(edition(whys.map((why) => left(why))), '2026-03-10.html'));
  const groups = [...document.querySelectorAll('section')].map((section) => [
    section.querySelector('h2')?.textContent,
    section.querySelectorAll('li').length,
  ]);
  assert.deepEqual(groups, [
    ['编辑不要 1', 1],
    ['名额已满 2', 2],
    ['此前已报道 1', 1],
    ['价值不足 1', 1],
    ['噪音 1', 1],
    ['与 AI 无关 1', 1],
    ['其他 1', 1],
    ['入选 1', 1],
  ]);
});

test('worth is shown as the sum it is', () => {
  assert.equal(sum(parts), '基础分 14 + 2 家独立来源报道 13 − 标题党 3');
});

test('nothing an outlet wrote can run or link elsewhere', () => {
  const html = renderLeftOut(
    edition([
      left('<img src=x onerror=alert(1)>', {
        title: '<script>alert(1)</script>',
        url: 'javascript:alert(1)',
      }),
    ]),
    '2026-03-10.html',
  );
  const { document } = parseHTML(html);
  assert.equal(document.querySelectorAll('script, img').length, 0);
  assert.deepEqual(
    [...document.querySelectorAll('a')]
      .map((link) => link.getAttribute('href'))
      .filter((href) => /script:/i.test(href ?? '')),
    [],
  );
});
