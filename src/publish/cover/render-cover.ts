import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';
import type { EditionContent } from '../../domain/edition.ts';
import { longDate } from '../render/dates.ts';
import { titleParts } from '../render/edition-title.ts';
import { fontsFor } from './load-fonts.ts';

/** 1200x630 for links that are shared, 900x383 for WeChat's covers. */
export const COVER_SIZES = { share: [1200, 630], wechat: [900, 383] } as const;
export type CoverSize = keyof typeof COVER_SIZES;

const INK = '#1c1a17';
const SOFT = '#6b6459';
const PAPER = '#fbf8f2';
const RED = '#a3241b';

/** Headlines shown; fewer when they would be too small. */
const MOST_HEADLINES = 3;
/** Share of the height that the headlines may fill. */
const HEADLINES_HEIGHT = 0.54;
/** Share of the height that the letters of one, two, three headlines have at most, and of any at least. */
const LETTERS = { most: [0.135, 0.115, 0.094], least: 0.058 } as const;
const LINE_HEIGHT = 1.34;
/** Between two headlines, in lines. */
const GAP = 0.42;

/**
 * The edition's cover as PNG, from its own words: masthead, date, and the headlines of its title in the largest letters
 * that fit. The same content gives the same bytes. About 0.2 s.
 */
export async function renderCover(content: EditionContent, size: CoverSize): Promise<Uint8Array> {
  const [width, height] = COVER_SIZES[size];
  const title = titleParts(content.title);
  const told = title.headlines.filter((headline) => headline.trim() !== '');
  const headlines = told.length > 0 ? told : [content.title];
  const { fonts, family, known } = fontsFor([
    title.name.replace('：', '') || '日报',
    ...headlines,
    ...STANDING,
    ...content.date,
  ]);
  const [masthead = '', ...lines] = known.slice(0, headlines.length + 1);
  const margin = Math.round(width * 0.06);
  const { shown, letters } = fitted(lines, width - 2 * margin, height);
  const svg = await satori(
    page({ masthead, shown, letters, margin, date: longDate(content.date), family, width, height }),
    {
      width,
      height,
      fonts,
    },
  );
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}

/** Words that stand on every cover: their signs must be loaded, too. */
const STANDING = ['年月日星期一二三四五六0123456789…·'];

type Face = {
  masthead: string;
  shown: readonly string[];
  letters: number;
  margin: number;
  date: string;
  family: string;
  width: number;
  height: number;
};

type Box = { type: 'div'; props: { style: Record<string, string | number>; children?: Box[] | string } };

const box = (style: Record<string, string | number>, children?: Box[] | string): Box => ({
  type: 'div',
  props: { style: { display: 'flex', ...style }, ...(children === undefined ? {} : { children }) },
});

function page({ masthead, shown, letters, margin, date, family, width, height }: Face): Box {
  const unit = height / 100;
  const rule = (thick: number) => box({ width: '100%', height: thick, backgroundColor: INK });
  return box(
    {
      width,
      height,
      boxSizing: 'border-box',
      flexDirection: 'column',
      backgroundColor: PAPER,
      color: INK,
      fontFamily: family,
      padding: `${7 * unit}px ${margin}px`,
    },
    [
      box({ justifyContent: 'space-between', alignItems: 'flex-end', marginBottom: 2.4 * unit }, [
        box({ fontSize: 11.5 * unit, fontWeight: 700, lineHeight: 1.1 }, masthead),
        box({ fontSize: 4.6 * unit, color: SOFT, paddingBottom: unit }, date),
      ]),
      rule(Math.max(2, Math.round(0.6 * unit))),
      box({ height: 0.7 * unit }),
      rule(1),
      box(
        { flexGrow: 1, flexDirection: 'column', justifyContent: 'center', gap: letters * LINE_HEIGHT * GAP },
        shown.map((headline, n) =>
          box({ flexDirection: 'row', alignItems: 'flex-start' }, [
            box({
              width: Math.round(0.16 * letters),
              height: Math.round(0.86 * letters),
              marginTop: Math.round(0.25 * letters),
              marginRight: Math.round(0.5 * letters),
              flexShrink: 0,
              backgroundColor: n === 0 ? RED : SOFT,
            }),
            box(
              {
                flexGrow: 1,
                flexShrink: 1,
                flexBasis: 0,
                fontSize: letters,
                lineHeight: LINE_HEIGHT,
                fontWeight: n === 0 ? 700 : 400,
              },
              headline,
            ),
          ]),
        ),
      ),
    ],
  );
}

/** As many headlines as fit in letters that can be read, in the largest such letters. */
function fitted(
  headlines: readonly string[],
  width: number,
  height: number,
): { shown: string[]; letters: number } {
  for (let count = Math.min(MOST_HEADLINES, headlines.length); count > 0; count -= 1)
    for (
      let letters = (LETTERS.most[count - 1] ?? 0) * height;
      letters >= LETTERS.least * height;
      letters -= 1
    ) {
      const shown = headlines.slice(0, count);
      const lines = shown.reduce((sum, headline) => sum + linesOf(headline, letters, width), 0);
      if ((lines + (count - 1) * GAP) * LINE_HEIGHT * letters <= HEADLINES_HEIGHT * height)
        return { shown, letters };
    }
  const letters = LETTERS.least * height;
  return { shown: [cutTo(headlines[0] ?? '', letters, width, height)], letters };
}

/** How many lines a headline takes; a tenth is kept for what cannot be broken at the line's end. */
function linesOf(headline: string, letters: number, width: number): number {
  return Math.ceil((wideOf(headline) * letters) / ((width - letters) * 0.9));
}

/** Width in letters: a Han sign is one, a Latin one about half. */
function wideOf(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + (/[\x00-\xff]/.test(sign) ? 0.58 : 1), 0);
}

/** A headline longer than the whole cover ends in an ellipsis, between two words. */
function cutTo(headline: string, letters: number, width: number, height: number): string {
  const most = Math.floor((HEADLINES_HEIGHT * height) / (LINE_HEIGHT * letters));
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(headline)].map(
    ({ segment }) => segment,
  );
  while (words.length > 1 && linesOf(`${words.join('')}…`, letters, width) > most) words.pop();
  const cut = words.join('');
  return cut === headline
    ? headline
    : `${Array.from(cut)
        .slice(0, Math.floor((most * width) / letters))
        .join('')}…`;
}
