import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from './detect-language.ts';

test('a Chinese headline full of product names is Chinese', () => {
  assert.equal(detectLanguage('OpenAI 发布 GPT-9 Turbo，API 价格减半'), 'zh');
});

test('an English text that quotes one Chinese name stays English', () => {
  assert.equal(
    detectLanguage(
      'The model from 智谱 is open source and it can be used by anyone with a laptop in the field.',
    ),
    'en',
  );
});

test('Japanese and Korean are told from Chinese by their own scripts', () => {
  assert.equal(detectLanguage('新しい人工知能モデルを発表しました'), 'ja');
  assert.equal(detectLanguage('새로운 인공지능 모델 발표'), 'ko');
});

test('other languages in Latin letters are not taken for English', () => {
  assert.equal(
    detectLanguage(
      'Das neue Modell wurde gestern vorgestellt und soll deutlich schneller arbeiten als der Vorgänger.',
    ),
    'other',
  );
  assert.equal(detectLanguage('Новая модель искусственного интеллекта'), 'other');
});

test('a short English release note is English', () => {
  assert.equal(detectLanguage('v4.2.0: Faster kernels'), 'en');
  assert.equal(detectLanguage('1234 — 5678'), 'other');
});
