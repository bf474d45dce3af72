import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSheets } from './sheets.ts';
import { createTerms } from './terms.ts';

const BACKGROUND = { documents: 0, counts: new Map<string, number>() };

/** What a piece says, as sets of words. */
type Said = { title: string[]; lead: string[]; quotes: string[]; units: string[] };

function openSheets() {
  const terms = createTerms(BACKGROUND);
  const sheets = createSheets(terms);
  const lay = ({ title, lead, quotes, units }: Said) => {
    sheets.draft.mention(title, 'title');
    sheets.draft.mention(lead, 'lead');
    for (const quote of quotes) sheets.draft.mark(terms.id(quote, 'q:'), 'quote');
    for (const unit of units) sheets.draft.unit(terms.id(unit, 'u:'));
    return sheets.draft.lay('zh');
  };
  return { terms, sheets, lay };
}

const words = fc.array(
  fc.nat(400).map((n) => `词${n}`),
  { maxLength: 30 },
);
const said = fc.record({ title: words, lead: words, quotes: words, units: words });

test('sheets share what their sets share, both ways round, however many were laid before', () => {
  const { terms, sheets, lay } = openSheets();
  const massOf = (found: Iterable<string>, mark = '') =>
    [...found].reduce((sum, word) => sum + (terms.idf[terms.id(word, mark)] ?? 0), 0);
  const near = (one: number, other: number) => assert.ok(Math.abs(one - other) < 1e-6, `${one}, ${other}`);
  fc.assert(
    fc.property(said, said, (left, right) => {
      const [one, other] = [lay(left), lay(right)];
      terms.settle();
      for (const sheet of [one, other]) sheets.weigh(sheet);
      const wholes = [left, right].map(({ title, lead }) => new Set([...title, ...lead]));
      const [leftWhole = new Set<string>(), rightWhole = new Set<string>()] = wholes;
      const units = new Set(left.units).intersection(new Set(right.units));
      for (const swapped of [false, true]) {
        const found = swapped ? sheets.compare(other, one) : sheets.compare(one, other);
        const ours = swapped ? found.right : found.left;
        assert.equal(found.terms, leftWhole.intersection(rightWhole).size);
        near(found.whole.mass, massOf(leftWhole.intersection(rightWhole)));
        near(found.title.mass, massOf(new Set(left.title).intersection(new Set(right.title))));
        near(ours.titleInOther, massOf(new Set(left.title).intersection(rightWhole)));
        near(ours.titleMass, massOf(new Set(left.title)));
        near(found.units.mass, massOf(units, 'u:'));
        assert.equal(found.quotes, new Set(left.quotes).intersection(new Set(right.quotes)).size);
        assert.equal(found.dates, 0);
      }
      assert.deepEqual(
        sheets.ids(one, 'quote').map((id) => terms.term(id)),
        [...new Set(left.quotes.map((quote) => `q:${quote}`))].toSorted((a, b) => terms.id(a) - terms.id(b)),
      );
      assert.equal(sheets.has(one, 'quote'), left.quotes.length > 0);
    }),
    { numRuns: 300 },
  );
});

test('a piece is exactly like itself, and of a long one the heaviest terms count', () => {
  const { terms, sheets, lay } = openSheets();
  const lead = Array.from({ length: 300 }, (_, n) => Array.from({ length: 1 + (n % 150) }, () => `长词${n}`));
  const long = lay({ title: ['长词1', '短'], lead: lead.flat(), quotes: [], units: ['长', '词'] });
  const empty = lay({ title: [], lead: [], quotes: [], units: [] });
  terms.settle();
  for (const sheet of [long, empty]) sheets.weigh(sheet);
  const same = { ...sheets.compare(long, long) };
  for (const { cosine } of [same.whole, same.title, same.units]) assert.ok(Math.abs(cosine - 1) < 1e-6);
  assert.equal(same.terms, 96);
  const kept = [...sheets.whole(long).ids].map((id) => terms.term(id));
  assert.ok(kept.includes('长词299') && !kept.includes('长词2'));
  // Its weights stand with the right terms though others were left out.
  assert.deepEqual(
    sheets.ids(long, 'title').map((id) => terms.term(id)),
    ['长词1', '短'],
  );
  assert.equal(sheets.compare(long, empty).whole.cosine, 0);
});
