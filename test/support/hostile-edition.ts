import type { Edition } from '../../src/domain/edition.ts';
import { inventedEdition } from './invented-archive.ts';

/** Texts that try to become code, markup, data or an address. `mark()` would be seen in a browser. */
export const HOSTILE: readonly string[] = [
  '<script>alert("xss")</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)' x='",
  '</title></style></textarea></noscript><svg/onload=alert(1)>',
  '</script><script>alert(2)</script>',
  '<!--<script>alert(3)//',
  ']]></loc><script xmlns="http://www.w3.org/1999/xhtml">alert(4)</script>',
  '{{constructor.constructor("alert(5)")()}} {alert(6)} `alert(7)`',
  'javascript:alert(8)',
  'JaVaScRiPt\u0000:alert(9)',
  'data:text/html,<script>alert(10)</script>',
  'https://a.example/"onclick="alert(11)',
  '&lt;b&gt; &amp;amp; &#60;script&#62;alert(12)&#60;/script&#62;',
  '\u202Egnp.exe\u202C \u2028 \u2029 \uFEFF \u0000 \u0007 \uD800',
  '../../../etc/passwd',
  '..\\..\\windows\\',
  '# 标题\n\n- [x](javascript:alert(13))',
  '',
  ' ',
  '超'.repeat(3000),
];

/** The invented edition of day `n` with this text in every place where an outlet's or an editor's words stand. */
export function hostileEdition(n: number, text: string): Edition {
  const edition = inventedEdition(n, 6);
  return {
    ...edition,
    title: text,
    tagline: text,
    sections: edition.sections.map(({ name, items }, place) => ({
      name: place === 0 ? text : name,
      items: items.map((item) => ({
        ...item,
        brief: { ...item.brief, headline: `${text}${item.worth}`, summary: text, url: text },
        publisher: text,
        primary: { label: text, url: text },
        outlets: [0, 1, 2].map((other) => ({ name: `${text}${other}`, url: text, title: text })),
        followUp: {
          label: '新进展' as const,
          newSentence: `${text}!`,
          date: edition.date,
          headline: text,
          url: text,
        },
      })),
    })),
    leftOut: edition.leftOut.slice(0, 3).map((row) => ({
      ...row,
      title: text,
      url: text,
      publisher: text,
      section: text,
      parts: [{ signal: text, weight: 1 }],
      why: text,
    })),
  };
}
