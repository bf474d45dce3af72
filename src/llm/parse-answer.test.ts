import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { parseAnswer } from './parse-answer.ts';

const schema = z.object({ why: z.string() });

describe("a model's answer", () => {
  test('may quote what usually stands around answers', () => {
    const json = JSON.stringify({ why: '标题里有 </think> 和 ```json```' });
    for (const text of [json, `<think>想</think>${json}`]) {
      const parsed = parseAnswer(text, schema);
      assert.equal(parsed.kind === 'read' && parsed.value.why, '标题里有 </think> 和 ```json```', text);
    }
  });

  test('may lack the opening of its thoughts', () => {
    const parsed = parseAnswer('嗯，{不是这个}</think>{"why":"是"}', schema);
    assert.deepEqual(parsed, { kind: 'read', value: { why: '是' }, json: '{"why":"是"}' });
  });

  test('that is wrong is told by field, that is no JSON as such, that is blank as such', () => {
    const why = (text: string) => {
      const parsed = parseAnswer(text, schema);
      return parsed.kind === 'wrong' ? parsed.why : '';
    };
    assert.match(why('```json\n{"why":1}\n```'), /why/);
    assert.match(why('不知道'), /not valid JSON/);
    assert.match(why('{"why":"'), /not valid JSON/);
    assert.match(why(' \n'), /blank/);
  });

  test('of any text whatever is read or wrong, never thrown', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '"', '`', '```', '</think>', 'json', ':', 'a') }),
        (text) => {
          assert.match(parseAnswer(text, schema).kind, /^(read|wrong)$/);
        },
      ),
    );
  });
});
