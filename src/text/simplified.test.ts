import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readersSpellingOf, simplified } from './simplified.ts';

describe('traditional Chinese in simplified', () => {
  it('is said in the words of the mainland', () =>
    assert.equal(
      simplified('青石的人工智慧軟體與雲端伺服器，由輝達晶片驅動'),
      '青石的人工智能软件与云端服务器，由英伟达芯片驱动',
    ));

  it('keeps a schedule, a document, an indicator and the name of an office', () => {
    assert.equal(simplified('執行長訪台行程與會議文件'), '首席执行官访台行程与会议文件');
    assert.equal(simplified('執行計畫的關鍵指標與核心業務'), '执行计划的关键指标与核心业务');
    assert.equal(simplified('數位發展部公布資訊'), '数位发展部公布信息');
  });

  it('leaves Latin names, numbers and marks as they are', () =>
    assert.equal(
      simplified('「Lumen 4.5」開發者：3,000 人（約 12%）'),
      '「Lumen 4.5」开发者：3,000 人（约 12%）',
    ));

  it('leaves names of people their characters', () =>
    assert.equal(simplified('鍾于昇與余佳樺說明皇后區的後續'), '钟于升与余佳桦说明皇后区的后续'));
});

describe('the spelling readers get', () => {
  const TEXT = '青石推出新版，軟體與資料庫都能離線使用。鴻雁攜手遠帆。';

  it('is simplified in all parts of a traditional text, however few characters show it', () => {
    assert.equal(simplified('鴻雁攜手遠帆'), '鴻雁攜手遠帆');
    assert.equal(readersSpellingOf(TEXT)('鴻雁攜手遠帆'), '鸿雁携手远帆');
  });

  it('is what it was in a simplified text, also where that quotes a traditional word', () => {
    const quoting = `青石在展位上写着「歡迎光臨」，${'展会持续三天，观众可以现场试用新版模型。'.repeat(3)}`;
    assert.equal(readersSpellingOf(quoting)(quoting), quoting);
  });
});
