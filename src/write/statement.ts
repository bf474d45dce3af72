import type { Word } from '../text/segment.ts';
import { simplified } from '../text/simplified.ts';
import { type ClauseReading, readClause } from './clause-reading.ts';
import type { WritingDesk } from './writing-desk.ts';

/** What a piece of text says, as far as the kinds of its words tell. */
export type Statement = {
  /**
   * `whole`: who or what, then what it does or is. `late`: first something without a subject, then a whole one.
   * `explained`: a name, a colon, what it is. `titled`: another thing before the colon. `subjectless`: begins with what is
   * done. `bare`: only names a thing.
   */
  shape: 'whole' | 'late' | 'explained' | 'titled' | 'subjectless' | 'bare';
  /** What is said is an event by the house's verbs. */
  event: boolean;
  /** The words of the first clause before what is said; empty when they are no subject. */
  subject: string;
};

/**
 * Is a text a statement? By the first predicate of each clause: a verb of an event, another verb that stands in no phrase
 * with 的, or what stands for one. Jieba's kinds are right nine times of ten, so this weighs and never forbids.
 */
export function readStatement(text: string, desk: WritingDesk): Statement {
  const plain = simplified(text);
  const clauses = inClauses(desk.wordsOf(plain), desk);
  let subjectless = false;
  for (const [at, clause] of clauses.entries()) {
    const next = clauses[at + 1];
    if (clause.says && clause.subject !== '') {
      const { event } = clause;
      const subject = at === 0 && plain === text ? clause.subject : '';
      return { shape: subjectless ? 'late' : 'whole', event, subject };
    }
    if (clause.says || (clause.words > 0 && !clause.thing)) subjectless = true;
    // `青石，正式向公众道歉`: only named, and what it does comes after the mark.
    else if (next !== undefined && clause.thing && !subjectless) {
      // `青石：接口不会涨价`: who says it, and a statement.
      if (clause.mark === '：' && clause.speaks && next.says && next.subject !== '')
        return { shape: 'whole', event: next.event, subject: '' };
      if (clause.mark === '：')
        return { shape: clause.named ? 'explained' : 'titled', event: next.event, subject: '' };
      if (next.says && next.subject === '') return { shape: 'whole', event: next.event, subject: '' };
    }
  }
  const event = clauses.some((one) => one.event);
  return { shape: subjectless ? 'subjectless' : 'bare', event, subject: '' };
}

type Clause = ClauseReading & { mark: string };

function inClauses(words: readonly Word[], desk: WritingDesk): Clause[] {
  const clauses: Clause[] = [];
  let open: Word[] = [];
  const close = (mark: string) => {
    if (open.length > 0 && !SUBORDINATE.test(open[0]?.text ?? ''))
      clauses.push({ ...readClause(open, desk), mark });
    open = [];
  };
  for (const word of words) {
    if (/^[，,；;：:。！!？?—…]+$/.test(word.text)) close(word.text);
    else if (!/^[“”「」『』《》‘’"]+$/.test(word.text)) open.push(word);
  }
  close('');
  return clauses;
}

/** A condition or a reason: the statement comes after it. */
const SUBORDINATE = /^(?:如果|虽然|尽管|当|若|一旦|因为|由于|为了|即使|除了|随着|无论|不管|只要)$/;
