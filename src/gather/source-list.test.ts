import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { sourceListSchema } from './source-list.ts';
import { sourceKind } from './sources/registry.ts';

const list = sourceListSchema.parse(
  parse(readFileSync(new URL('../../editorial/sources.yaml', import.meta.url), 'utf8')),
);

test('the default list is large enough for a daily in both languages', () => {
  assert.ok(list.length >= 44);
  assert.ok(list.filter((one) => one.language === 'zh').length >= 20);
  assert.ok(list.filter((one) => one.language === 'en').length >= 20);
});

test('no source stands in it twice, and every kind is known', () => {
  assert.equal(new Set(list.map((one) => one.id)).size, list.length);
  assert.equal(new Set(list.map((one) => one.url)).size, list.length);
  assert.ok(list.every((one) => sourceKind(one.kind) !== undefined));
});
