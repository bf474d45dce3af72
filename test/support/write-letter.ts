/** The HTML of an invented weekly letter: where a browser shows it, two articles, the way out, a share. */
export const WEEKLY = `<p><a href="https://letters.example/p/12?utm_source=mail">View this email in your browser</a></p>
<h1>本周智能体</h1><p>远帆发布了新模型。</p>
<a href="https://a.example/lumen?utm_medium=email">远帆科技发布新一代大模型Lumen 3，权重同日开放</a>
<a href="https://b.example/relay">Relay points make prefill five times faster</a>
<a href="https://c.example/unsubscribe">点击这里退订，不再接收我们的邮件</a>
<a href="https://twitter.com/intent/x">Share this week’s letter with your friends</a>`;

/** An invented letter as it lies in a mailbox; by default one that a mailing list sent. */
export function writeLetter({
  subject = '=?utf-8?B?5pys5ZGo5pm66IO95L2T?=',
  html = WEEKLY,
  id = '1',
  from = '=?utf-8?B?54Gv5aGU5ZGo5oql?= <weekly@letters.example>',
  headers = ['List-Id: <weekly.letters.example>'],
}: {
  subject?: string;
  html?: string;
  id?: string;
  from?: string;
  headers?: string[];
} = {}): string {
  return [
    `From: ${from}`,
    'To: editor@desk.example',
    `Subject: ${subject}`,
    'Date: Tue, 10 Mar 2026 08:00:00 +0800',
    `Message-ID: <${id}@letters.example>`,
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'plain words',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(html).toString('base64'),
    '--b--',
    '',
  ].join('\r\n');
}
