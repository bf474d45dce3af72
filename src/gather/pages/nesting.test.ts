import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nestingDepth } from './nesting.ts';

test('depth is what is open at once', () => {
  assert.equal(nestingDepth('<div><div></div></div><div><br><p>x</div>', 99), 2);
  assert.equal(nestingDepth('<div>'.repeat(50), 10), 10);
});

test('a drawing of a thousand lines is not deep; a slash closes nothing outside of drawings', () => {
  assert.equal(nestingDepth(`<svg>${'<path d="M0 0"/>'.repeat(1000)}</svg>`, 99), 1);
  assert.equal(nestingDepth('<div/>'.repeat(50), 99), 50);
});
