import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anArticle, aStoryFile } from '../../test/support/invent.ts';
import { createFamilies } from '../sift/families.ts';
import { judgeStories } from '../sift/judge-stories.ts';
import { loadEditorial } from './editorial.ts';
import { loadSiftModels } from './models.ts';

const CHIPS = {
  name: '硬件芯片',
  description: '芯片、显存、服务器、数据中心、散热、代工',
  maxItems: 6,
  examples: [
    '英伟达下一代 GPU 显存翻倍，功耗到 1400 瓦',
    '国产推理芯片流片成功，年底量产',
    '台积电二纳米产能被订满，AI 芯片占一半',
    'HBM4 内存开始送样，带宽提高六成',
    '液冷服务器出货增长，机柜功率过百千瓦',
    '云厂商自研 ASIC 芯片上线，推理成本减半',
    'AMD 发布 AI 加速卡，显存 288GB',
    '数据中心缺电，燃气轮机排到后年',
    '光模块升级到 1.6T，交换芯片换代',
    '端侧 NPU 算力过百 TOPS，手机本地跑大模型',
  ],
};
const FIVE = ['新闻资讯', '产品应用', '推荐文章', '开源动态', '算法论文'].map((name) => ({
  name,
  description: '',
  examples: [],
  maxItems: 10,
}));

function sectionsOf(titles: readonly string[], sections: (typeof CHIPS)[]): string[] {
  const editorial = loadEditorial({ edition: { sections } });
  const files = titles.map((title, n) =>
    aStoryFile([
      anArticle({
        id: `chip${n}`,
        title,
        excerpt: '',
        publishedAt: Date.UTC(2026, 2, 10, n),
        url: `https://n.example/${n}`,
      }),
    ]),
  );
  return judgeStories({
    files,
    sections: editorial.sections,
    sources: new Map(),
    familyOf: createFamilies(new Map(), editorial.judging.findNames),
    models: loadSiftModels(),
    rules: editorial.judging,
    cutoffAt: Date.UTC(2026, 2, 11),
  }).map(({ section }) => section.name);
}

const ABOUT_CHIPS = [
  '青石半导体推理芯片量产，单卡显存 192GB',
  '远帆云自研 AI 芯片进数据中心，机柜全部液冷',
  '英伟达新 GPU 推迟交付，HBM 显存成瓶颈',
];
const ABOUT_OTHER_THINGS = [
  'OpenAI 完成新一轮融资，估值再创新高',
  '论文：用稀疏注意力训练长文本语言模型',
  '开源大模型推理框架发布，GitHub 一天两千星',
];

test('a section an editor adds with a description and ten examples takes what it is about, and nothing else', () => {
  const found = sectionsOf([...ABOUT_CHIPS, ...ABOUT_OTHER_THINGS], [...FIVE, CHIPS]);
  assert.deepEqual(found.slice(0, 3), ['硬件芯片', '硬件芯片', '硬件芯片']);
  assert.ok(!found.slice(3).includes('硬件芯片'), found.join('、'));
});

test('a section with a name alone stays empty of what its name does not say', () => {
  const found = sectionsOf(ABOUT_OTHER_THINGS, [...FIVE, { ...CHIPS, description: '', examples: [] }]);
  assert.ok(!found.includes('硬件芯片'), found.join('、'));
});

test('a word of an added section counts once, where it weighs most', () => {
  const { sections } = loadEditorial({ edition: { sections: [...FIVE, CHIPS] } }).sections;
  const words = sections.at(-1)?.signals.flatMap(({ phrases = [] }) => phrases) ?? [];
  assert.ok(words.includes('显存') && words.includes('数据中心'));
  assert.equal(new Set(words).size, words.length);
});
