import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { articleWith, desk, storyOf } from '../../test/support/invented-desk.ts';
import type { Article } from '../domain/article.ts';
import { visibleLength } from '../text/length.ts';
import { simplified } from '../text/simplified.ts';
import { squeezed } from './facts/plain-text.ts';
import { checkFacts } from './facts.ts';
import { factSourcesOf } from './prove-brief.ts';
import { writeBrief } from './write-brief.ts';

const TEXT =
  '青石昨日发布图像模型远帆3，参数为120亿，权重以开放许可证提供下载。远帆3在一次生成中最多接受9张参考图，并支持中文与英文的排版。';
const told = articleWith({ title: '青石发布图像模型远帆3', text: TEXT });

const briefOf = (...articles: Article[]) => writeBrief(storyOf(...articles), desk)?.brief;

const TRADITIONAL =
  '青石智慧昨日發布圖像模型遠帆3，參數為120億，軟體與權重以開放授權提供下載。遠帆3在一次生成中最多接受9張參考圖，執行長說「價格不會調整」，並支援中文與英文的排版。';
const taiwanese = articleWith({ title: '青石發布圖像模型遠帆3，軟體免費', text: TRADITIONAL });

describe('a brief of an article in traditional characters', () => {
  const written = writeBrief(storyOf(taiwanese), desk);
  const brief = written?.brief;

  it('is in simplified ones, in the words of the mainland', () => {
    assert.equal(brief?.headline, '青石发布图像模型远帆3，软件免费');
    assert.match(brief?.summary ?? '', /软件与权重以开放授权提供下载/);
    assert.equal(brief?.summary, simplified(brief?.summary ?? '?'));
  });

  it('keeps its evidence letter by letter', () => {
    const said = squeezed(TRADITIONAL);
    for (const { source } of brief?.evidence ?? []) assert.ok(said.includes(squeezed(source)), source);
    assert.match(brief?.evidence[0]?.source ?? '', /發布圖像模型/);
  });

  it('stands the check of every fact, its quotations, too', () => {
    assert.deepEqual(written?.refuted, []);
    const quoting = { headline: brief?.headline ?? '', summary: '首席执行官说「价格不会调整」。' };
    const claims = checkFacts(quoting, factSourcesOf(storyOf(taiwanese), desk), desk.facts);
    assert.deepEqual(
      claims.filter(({ ok }) => !ok),
      [],
    );
  });

  it('is as long as what readers get', () => {
    const length = visibleLength(brief?.summary ?? '');
    assert.ok(length >= 70 && length <= 95, `${length}`);
  });

  it('falls back to whole sentences and the title in simplified characters, too', () => {
    const short = articleWith({ title: '青石發布遠帆3，軟體免費', text: '' });
    assert.equal(briefOf(short)?.headline, '青石发布远帆3，软件免费');
    assert.doesNotMatch(briefOf(short)?.summary ?? '', /[發軟體費]/);
  });

  it('of a Japanese article is left alone', () => {
    const japanese = articleWith({ language: 'ja', title: '青石が電子図書館を開発', text: '' });
    assert.match(briefOf(japanese)?.headline ?? '', /電子図書館/);
  });
});

describe('a brief', () => {
  it('is written from the article that has text, and links it', () => {
    const bare = articleWith({ id: 'b', url: 'https://example.com/b', title: '青石发布远帆3', text: '' });
    const brief = briefOf(bare, told);
    assert.equal(brief?.url, told.url);
    assert.equal(brief?.headline, told.title);
    assert.ok(brief?.evidence.every(({ articleId }) => articleId === 'a'));
  });

  it('is not written from a morning digest while another tells the story', () => {
    const digest = articleWith({ id: 'b', title: '灯报早报：青石发布远帆3', text: TEXT });
    assert.equal(briefOf(digest, told)?.articleId, 'a');
  });

  it('is not written from a piece whose title has nothing in common with the others, however long its text', () => {
    const aside = articleWith({ id: 'b', title: '灯报实验室上线夜间食堂', text: TEXT.repeat(4) });
    const other = articleWith({ id: 'c', title: '图像模型远帆3发布，青石开放权重', text: '' });
    assert.equal(briefOf(aside, told, other)?.articleId, 'a');
  });

  it('is not written from what the publisher took away', () => {
    const gone = articleWith({ title: '青石发布远帆3', text: '', body: { kind: 'gone', why: '已删除' } });
    assert.equal(briefOf(gone), undefined);
    assert.equal(briefOf(), undefined);
  });

  it('of an English article is English and says so', () => {
    const english = articleWith({
      title: 'Harbor opens its weights',
      language: 'en',
      text: 'Harbor released the weights of its model on Monday.',
    });
    assert.deepEqual(briefOf(english)?.marks, ['english', 'thin']);
  });

  it('does not say which outlet reports', () => {
    const labelled = articleWith({ title: '青石发布图像模型远帆3', text: `灯报报道【灯报导读】${TEXT}` });
    assert.match(briefOf(labelled)?.summary ?? '', /^青石昨日/);
  });

  it('holds no signs of Markdown', () => {
    const marked = articleWith({ title: '**青石**发布`远帆3`图像模型', text: `## 要点\n- ${TEXT}` });
    const brief = briefOf(marked);
    assert.equal(brief?.headline, '青石发布远帆3图像模型');
    assert.doesNotMatch(brief?.summary ?? '#', /[#*`]/);
  });

  it('has only numbers that stand in its article', () => {
    const brief = briefOf(told);
    const said = `${brief?.headline}${brief?.summary}`.match(/\d+/g) ?? [];
    assert.ok(said.length > 0);
    for (const number of said) assert.ok(TEXT.includes(number), number);
  });

  it('is the same however often it is written', () => {
    assert.deepEqual(briefOf(told), briefOf(told));
  });
});
