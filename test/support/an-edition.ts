import type { Edition, Item } from '../../src/domain/edition.ts';
import { aBrief } from './invent.ts';

/** An invented edition of so many items in two sections; every item can be told from the others. */
export function anEdition(items: number, given: Partial<Edition> = {}): Edition {
  const all = Array.from({ length: items }, (_, n) => anItem(n + 1));
  const half = Math.ceil(items / 2);
  return {
    date: '2026-03-10',
    title: `AI日报：${all
      .slice(0, 3)
      .map(({ brief }) => brief.headline)
      .join('; ')}`,
    tagline: '虚构的一期',
    sections: [
      { name: '新闻资讯', items: all.slice(0, half) },
      { name: '开源动态', items: all.slice(half) },
    ],
    revision: 1,
    contentHash: '',
    madeFrom: '',
    composedAt: Date.parse('2026-03-10T00:00:00Z'),
    status: { kind: 'approved' },
    leftOut: [],
    articleIds: {},
    ...given,
  };
}

function anItem(n: number): Item {
  return {
    brief: aBrief(`s${n}`, {
      headline: `第${n}号实验室开源检索模型`,
      summary: `第${n}号实验室周二开源检索模型，参数${n}亿，在自建的评测里排名第${n}，权重与训练代码一并放出，允许商用；团队说下一步会做多语言版本，时间未定。`,
      url: `https://lab${n}.example/model?id=${n}`,
    }),
    worth: 60 - (n % 50),
    publisher: `刊物${n % 7}`,
    outlets: n % 5 === 0 ? [{ name: `转述${n}`, url: `https://again${n}.example/a`, title: '转述' }] : [],
    parts: [],
  };
}
