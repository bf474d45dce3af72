import assert from 'node:assert/strict';
import { it } from 'node:test';
import { agglomerate, type Group } from './agglomerate.ts';

const LINE = { alone: 0.4, least: 0.3 };

/** Groups of these members; `bonds` are the average bonds between two of them. */
function groupsOf(
  members: readonly string[][],
  bonds: readonly [number, number, number][],
): Map<number, Group<string>> {
  const groups = new Map(
    members.map((own, key): [number, Group<string>] => [
      key,
      { key, members: [...own], openStory: undefined, links: new Map() },
    ]),
  );
  for (const [one, other, bond] of bonds) {
    groups.get(one)?.links.set(other, bond);
    groups.get(other)?.links.set(one, bond);
  }
  return groups;
}

const left = (groups: Map<number, Group<string>>) => {
  agglomerate(groups, LINE);
  return [...groups.values()].map(({ members }) => members.join(''));
};

it('asks more of two single pieces than of a third that joins them', () => {
  assert.deepEqual(left(groupsOf([['a'], ['b']], [[0, 1, 0.35]])), ['a', 'b']);
  assert.deepEqual(left(groupsOf([['a'], ['b']], [[0, 1, 0.45]])), ['ab']);
  assert.deepEqual(left(groupsOf([['a', 'b'], ['c']], [[0, 1, 0.35]])), ['abc']);
});

it('weighs a piece against the whole of a story, not one member of it', () => {
  const chain = groupsOf(
    [['a'], ['b'], ['c']],
    [
      [0, 1, 0.9],
      [1, 2, 0.55],
    ],
  );
  assert.deepEqual(left(chain), ['ab', 'c']);
});
