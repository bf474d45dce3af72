import { PAGE_STYLE } from '../publish/render/page-style.ts';
import { escapeHtml } from '../publish/render/render-page.ts';

const FORM_STYLE = `
form{margin:2rem 0}label{display:block;margin-bottom:.4rem}
input[type=email]{width:100%;padding:.6rem .7rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line)}
button{margin-top:1rem;padding:.55rem 1.8rem;font:inherit;color:var(--paper);background:var(--ink);border:0;cursor:pointer}
button:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.trap{position:absolute;left:-99rem}
`;

/** A page of the readers' own: no script, one thing to read and at most one to press. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}${FORM_STYLE}</style>
</head>
<body>
<header><p class="masthead">AI 日报</p><h1>${escapeHtml(title)}</h1></header>
<main>
${body}
</main>
</body>
</html>
`;
}

const paragraph = (words: string) => `<p>${escapeHtml(words)}</p>`;

/** Asks for an address. The field that people do not see is filled by robots only. */
export function subscribePage(complaint?: string): string {
  return page(
    '订阅日报',
    `${complaint === undefined ? '' : `<p role="alert">${escapeHtml(complaint)}</p>`}
<p>每天一封，随时一按就退。填好之后会收到一封确认信，在信里确认了才算订阅。</p>
<form method="post" action="subscribe">
<label for="address">邮箱地址</label>
<input id="address" name="address" type="email" required maxlength="254" autocomplete="email">
<div class="trap" aria-hidden="true"><label for="homepage">不要填这一格</label><input id="homepage" name="homepage" tabindex="-1" autocomplete="off"></div>
<button>订阅</button>
</form>
<p><small>地址只用来寄日报，不给别人，退订即删。</small></p>`,
  );
}

/** Said of every address, known or not: what is true of it is told to its owner only, by letter. */
export function askedPage(): string {
  return page(
    '请查收确认信',
    paragraph('如果这个地址收得到信，几分钟内会收到一封确认信，请在信里确认。没有见到的话，看看垃圾邮件。'),
  );
}

/** Programs that look at links in letters open this page and press nothing. */
export function confirmPage(token: string): string {
  return page('确认订阅', pressForm('confirm', token, '确认，请每天寄给我'));
}

export function confirmedPage(): string {
  return page('订阅好了', paragraph('从下一期起，每天的日报会寄给您。每封信里都有退订的链接。'));
}

export function expiredPage(): string {
  return page(
    '链接已失效',
    `${paragraph('这个确认链接过期了，或不完整。')}<p><a href="subscribe">重新订阅</a></p>`,
  );
}

export function leavePage(token: string): string {
  return page('退订', pressForm('unsubscribe', token, '退订，不要再寄'));
}

export function leftPage(): string {
  return page(
    '已退订',
    `${paragraph('不会再寄信给您，地址已删去。')}<p><a href="subscribe">重新订阅</a></p>`,
  );
}

export function problemPage(title: string, words: string): string {
  return page(title, paragraph(words));
}

function pressForm(action: string, token: string, words: string): string {
  return `<form method="post" action="${action}?t=${encodeURIComponent(token)}"><button>${escapeHtml(words)}</button></form>`;
}
