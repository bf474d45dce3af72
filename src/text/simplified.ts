import { Converter } from 'opencc-js/t2cn';

/** Frequent characters that only traditional spelling has: a text without any of them is left as it is. */
const TRADITIONAL =
  '們個來時國會學說過後發為這對與從開關於還現實經應當產業務電機車門問間題體點號種樣經濟億萬總統資訊網聯雲據數達輝導領軍戰爭議員競賽獲勝歲歷記憶讓請認識語誰設計證評論訴訟變動豐長見親觀覺視';

/** By code unit: whether it is one of them. A table, since nearly every text is looked through in vain. */
const isListed = new Uint8Array(1 << 16);
for (let at = 0; at < TRADITIONAL.length; at += 1) isListed[TRADITIONAL.charCodeAt(at)] = 1;

/** Traditional texts have 4 to 20 of them among 100 characters, simplified ones that quote a few words at most one. */
const TRADITIONAL_SHARE = 0.03;

/**
 * Words that OpenCC takes for a programmer's, and that mean something else in most news (指標 -> 指针, 序列 -> 串行,
 * 行程 -> 进程, 核心 -> 内核), and names of institutions that hold such words: of these only the characters are simplified.
 */
const KEPT = new Map(
  (
    '行程行程 文件文件 物件物件 核心核心 執行执行 社群社群 整合整合 建立建立 儲存储存 釋出释出 新增新增 指標指标 開啟开启 堆疊堆叠 程序程序 ' +
    '變數变数 查詢查询 複製复制 停用停用 啟用启用 宣告宣告 呼叫呼叫 簡報简报 檢視检视 序列序列 離線离线 遮蔽遮蔽 互動互动 ' +
    '數位發展部数位发展部 資訊工業策進會资讯工业策进会 網路家庭网路家庭'
  )
    .split(' ')
    .map((both) => [both.slice(0, both.length / 2), both.slice(both.length / 2)]),
);
/** Not in 執行長 and 執行緒, which are words of their own. */
const KEPT_WORD = new RegExp(`(${[...KEPT.keys()].join('|').replace('執行', '執行(?![長緒檔])')})`);

type Convert = (text: string) => string;
let converter: Convert | undefined;

/**
 * The text in simplified Chinese with mainland words (人工智慧 -> 人工智能, 輝達 -> 英伟达), by OpenCC's dictionaries.
 * A text without traditional characters stays as it is. Cost: about 2 million characters a second where it is needed.
 */
export function simplified(text: string): string {
  return hasTraditional(text) ? convert(text) : text;
}

/**
 * How the parts of a text are written for readers of simplified Chinese: a traditional text's are converted, each of them
 * however few characters show it; a simplified text's stay as they are, also where it quotes traditional words.
 */
export function readersSpellingOf(text: string): Convert {
  return isTraditional(text) ? convert : asWritten;
}

function asWritten(text: string): string {
  return text;
}

function convert(text: string): string {
  const inMainlandWords = converter ?? Converter({ from: 'twp', to: 'cn' });
  converter = inMainlandWords;
  return text
    .split(KEPT_WORD)
    .map((part) => KEPT.get(part) ?? inMainlandWords(part))
    .join('');
}

function hasTraditional(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (isListed[text.charCodeAt(at)] === 1) return true;
  return false;
}

function isTraditional(text: string): boolean {
  if (!hasTraditional(text)) return false;
  const han = text.match(/\p{Script=Han}/gu) ?? [];
  const listed = han.filter((character) => isListed[character.charCodeAt(0)] === 1).length;
  return listed >= TRADITIONAL_SHARE * han.length;
}
