import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTermTable } from './term-table.ts';

test('a table of terms numbers texts as a map would, and gives each back', () => {
  const table = createTermTable();
  const numbers = new Map<string, number>();
  // More than the first arrays have room for.
  for (let n = 0; n < 20_000; n += 1) {
    const word = String.fromCharCode(0x4e00 + (n % 200), 0x4e00 + n / 200);
    numbers.set(word, n);
    assert.equal(table.numberOf('', word), n);
  }
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.constantFrom('词', '词一', 'n:', 'n:词'),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 400 }), fc.constantFrom('', 'n:', '#'), (texts, mark) => {
      for (const one of texts) {
        const known = numbers.get(mark + one) ?? numbers.size;
        numbers.set(mark + one, known);
        assert.equal(table.numberOf(mark, one), known);
        assert.equal(table.numberOf('', mark + one), known);
        assert.equal(table.read(known), mark + one);
        assert.equal(table.size, numbers.size);
      }
    }),
  );
  for (const [term, number] of numbers) assert.equal(table.numberOf('', term), number);
});
