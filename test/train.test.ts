import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { countBackground } from '../train/background.ts';
import { anArticle } from './support/invent.ts';

test('the background that training ships counts in how many texts each term stands', () => {
  const tools = loadEditorial({}).groupTools();
  const often = Array.from({ length: 12 }, (_, n) =>
    anArticle({ id: `o${n}`, title: `灯塔今天第${n}次升级推理引擎` }),
  );
  const once = anArticle({ id: 'once', title: '苍鹭发布触觉数据集' });
  const { documents, counts } = countBackground([...often, once], tools);
  assert.equal(documents, 13);
  assert.equal(counts.灯塔, 12);
  assert.equal(counts.苍鹭, undefined, 'a term of one text is rare without being listed');
});
