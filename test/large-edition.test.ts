import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { PRESETS } from '../src/publish/render/markdown-presets.ts';
import { MOST_HTML_BYTES } from '../src/publish/render/render-letter.ts';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { anEdition } from './support/an-edition.ts';
import { emailConfig, MAIL_SECRET } from './support/letter-desk.ts';
import { openLetter, serveSmtp } from './support/serve-smtp.ts';

// Messages of chats and accounts are looked at in chat-channels.test.ts and account-channels.test.ts.

const BIN = fileURLToPath(new URL('../bin/ribao.js', import.meta.url));

for (const items of [37, 120])
  test(`files, repository and letters get all ${items} items of an edition, in order, every link whole`, {
    timeout: 120_000,
  }, async (t) => {
    const mail = await serveSmtp(t);
    const folder = mkdtempSync(join(tmpdir(), 'ribao-large-'));
    const edition = anEdition(items);
    const smtp = emailConfig(mail.port, { secret: 'env:MAIL_SECRET' });
    const { host, port, from } = smtp;
    writeFileSync(
      join(folder, 'ribao.yaml'),
      stringify({
        store: 'ribao.db',
        sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }],
        channels: [
          ...PRESETS.map((preset) => ({ kind: 'markdown', preset, folder: `as-${preset}` })),
          { kind: 'page', folder: 'pages' },
          { kind: 'site', folder: 'site', url: 'https://d.example' },
          { kind: 'feeds', folder: 'feeds', url: 'https://d.example' },
          { kind: 'cover', folder: 'covers' },
          smtp,
          { kind: 'mailbox', host, port, from, to: 'desk@home.example' },
          { kind: 'git', remote: join(folder, 'host.git'), from: 'as-plain', clone: 'clone.git' },
        ],
      }),
    );
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(folder, 'host.git')]);
    const ribao = async (...args: string[]) => {
      const env = { ...process.env, MAIL_SECRET };
      const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, env });
      const said: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece));
      const code = await new Promise((ended) => child.on('close', ended));
      assert.equal(code, 0, Buffer.concat(said).toString());
    };
    writeFileSync(join(folder, 'edition.md'), renderMarkdown(edition));
    await ribao('import', 'edition.md');
    writeFileSync(join(folder, 'readers.txt'), 'reader@home.example\n');
    await ribao('subscribers', 'import', 'readers.txt', '--confirmed');
    await ribao('publish', '--date', edition.date);

    const at = (path: string) => readFileSync(join(folder, path), 'utf8');
    const [letter, note] = [mail.to('reader@home.example'), mail.to('desk@home.example')];
    assert.deepEqual([letter.length, note.length], [1, 1]);
    const opened = await openLetter(letter[0]);
    assert.ok(Buffer.byteLength(opened.html || '') < MOST_HTML_BYTES + 4000);
    const pushed = execFileSync('git', [
      '--git-dir',
      join(folder, 'host.git'),
      'show',
      `main:${edition.date}.md`,
    ]);
    const texts: Record<string, string> = {
      ...Object.fromEntries(
        PRESETS.map((preset) => [
          preset,
          at(`as-${preset}/${edition.date}${preset === 'jekyll' ? '-ai-daily' : ''}.md`),
        ]),
      ),
      page: at(`pages/${edition.date}.html`),
      site: at('site/2026/03/10.html'),
      rss: at('feeds/feed.xml'),
      atom: at('feeds/atom.xml'),
      json: JSON.stringify(JSON.parse(at('feeds/feed.json'))),
      email: opened.text ?? '',
      mailbox: (await openLetter(note[0])).text ?? '',
      git: pushed.toString(),
    };
    for (const [outlet, raw] of Object.entries(texts)) {
      const text = raw
        .replaceAll('&amp;', '&')
        .replaceAll('&amp;', '&')
        .replace(/\\(?=[^\w\s"])/g, '');
      // Titles and lists of contents name headlines, too: the items begin where the first brief stands.
      const [first] = edition.sections.flatMap((section) => section.items);
      let from = text.indexOf(first?.brief.summary ?? '');
      for (const { brief } of edition.sections.flatMap((section) => section.items)) {
        const place = text.indexOf(brief.summary, from);
        assert.ok(place >= 0, `${outlet}: ${brief.headline} is missing or out of order`);
        const links = text.split(brief.url).slice(1);
        assert.ok(
          links.some((after) => !/^[\w=]/.test(after)),
          `${outlet}: ${brief.url}`,
        );
        from = place;
      }
    }
  });
