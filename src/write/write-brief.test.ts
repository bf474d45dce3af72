import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { articleWith, desk, storyOf } from '../../test/support/invented-desk.ts';
import type { Article } from '../domain/article.ts';
import { writeBrief } from './write-brief.ts';

const TEXT =
  '青石昨日发布图像模型远帆3，参数为120亿，权重以开放许可证提供下载。远帆3在一次生成中最多接受9张参考图，并支持中文与英文的排版。';
const told = articleWith({ title: '青石发布图像模型远帆3', text: TEXT });

const briefOf = (...articles: Article[]) => writeBrief(storyOf(...articles), desk)?.brief;

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
