import type { Piece } from './pieces.ts';
import type { GroupSpace } from './space.ts';

/** Why two pieces can not tell one event, in words for the editor, or undefined. No likeness overrules it. */
export function contradiction(left: Piece, right: Piece, space: GroupSpace): string | undefined {
  if (left.roundup || right.roundup) return '综述自成一条';
  if (left.invitation !== right.invitation) return '一篇是邀请，一篇是报道';
  if (left.work !== undefined && right.work !== undefined && left.work !== right.work) {
    return `是两个不同的作品：${left.work}、${right.work}`;
  }
  if (
    left.sourceId === right.sourceId &&
    left.plainTitle !== right.plainTitle &&
    columnOf(left) === columnOf(right)
  ) {
    return '同一栏目的两期';
  }
  const unnamed = unmentioned(left, right, space) ?? unmentioned(right, left, space);
  if (unnamed !== undefined) return `没有提到 ${unnamed}`;
  const { terms, sheets } = space;
  if (!sheets.has(left.sheet, 'titleVersion') || !sheets.has(right.sheet, 'titleVersion')) return undefined;
  const versionsOf = ({ sheet }: Piece) =>
    sheets.ids(sheet, 'titleVersion').map((id) => terms.term(id).slice('v:'.length));
  const family = differentVersion(versionsOf(left), versionsOf(right));
  return family === undefined ? undefined : `${family} 的版本不同`;
}

/** The title without what changes from one instalment of a column to the next: its number, date or day of the week. */
function columnOf({ plainTitle }: Piece): string {
  return plainTitle.replace(INSTALMENT, '');
}

const INSTALMENT =
  /\d+|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:星期|周)[一二三四五六日天]|第?[一二三四五六七八九十百]+[期篇集]/g;

/** The repository that a piece lists and the other does not name by the last part of `owner/name`: a list has no events. */
function unmentioned({ repository }: Piece, other: Piece, { texts }: GroupSpace): string | undefined {
  if (repository === undefined || other.repository === repository) return undefined;
  const name = repository.slice(repository.indexOf('/') + 1).toLowerCase();
  return texts.read(other.opening, other.openingLength).includes(name) ? undefined : repository;
}

/** The family (e.g. `claude`) of which the two titles name different versions only. */
function differentVersion(left: readonly string[], right: readonly string[]): string | undefined {
  const families = familiesOf(left);
  for (const [family, versions] of familiesOf(right)) {
    const others = families.get(family);
    if (others?.isDisjointFrom(versions)) return family;
  }
  return undefined;
}

function familiesOf(versions: readonly string[]): Map<string, Set<string>> {
  const families = new Map<string, Set<string>>();
  for (const version of versions) {
    const cut = version.lastIndexOf(' ');
    const family = version.slice(0, cut);
    families.set(family, (families.get(family) ?? new Set()).add(version.slice(cut + 1)));
  }
  return families;
}
