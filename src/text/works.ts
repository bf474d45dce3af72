/** A thing that articles are about and that has an address of its own. */
export type WorkKind = 'arxiv' | 'doi' | 'huggingface' | 'github' | 'official';
export type Work = {
  kind: WorkKind;
  /** e.g. `arxiv:2603.00042`, `doi:10.1000/x1`, `huggingface:org/model`, `github:owner/name`, `official:host/path`. */
  id: string;
  /** Where readers find it. */
  url: string;
};

/** Pages of these sites that belong to nobody. */
const GITHUB_PAGES =
  /^(about|apps|blog|collections|contact|explore|features|login|marketplace|orgs|pricing|search|settings|site|sponsors|topics|trending)$/;
const HUGGINGFACE_PAGES =
  /^(blog|chat|docs|join|learn|login|models|organizations|pricing|settings|tasks|datasets|spaces|collections)$/;

/** The work an address stands for; with `official` hosts also a maker's own announcement there. */
export function workAt(address: string, official: readonly string[] = []): Work | undefined {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const host = url.hostname.replace(/^www\./, '');
  const parts = url.pathname.split('/').filter(Boolean);
  const [first = '', second = '', third = ''] = parts;
  if (host === 'arxiv.org' || host === 'alphaxiv.org') return paper(`${second}${third ? `/${third}` : ''}`);
  if (host === 'huggingface.co' && first === 'papers') return paper(second);
  if (host === 'doi.org' || host === 'dx.doi.org') return doi(parts.join('/'));
  if (host === 'github.com' && second !== '' && !GITHUB_PAGES.test(first))
    return work('github', `${first}/${second.replace(/\.git$/, '')}`, 'https://github.com/');
  if (host === 'huggingface.co' && second !== '' && !HUGGINGFACE_PAGES.test(first))
    return work('huggingface', `${first}/${second}`, 'https://huggingface.co/');
  const ownHost = official.some((one) => host === one || host.endsWith(`.${one}`));
  // A front page announces nothing.
  if (!ownHost || first === '' || parts.join('/').length < MIN_PATH) return undefined;
  const path = `${host}${url.pathname.replace(/\/+$/, '')}`;
  return { kind: 'official', id: `official:${path.toLowerCase()}`, url: `https://${path}` };
}

const MIN_PATH = 8;

/** `arXiv:2603.00042`, `论文编号2603.00042`. */
const PAPER_NUMBER = /(?:\barXiv\s?[:：]|(?:论文|arXiv\s?)编号\s?[为是:：]?)\s?(\d{4}\.\d{4,5})(?!\d)/gi;

/** The works a text names: by address, by the number of a paper, or by DOI. Each once, in order. */
export function worksIn(text: string, official: readonly string[] = []): Work[] {
  const addresses = text.match(/https?:\/\/[^\s<>"'，。；、（）」】》]+/g) ?? [];
  const found = [
    ...addresses.map((address) => workAt(address.replace(/[).,;:!?]+$/, ''), official)),
    ...[...text.matchAll(PAPER_NUMBER)].map(([, id = '']) => paper(id)),
    ...[...text.matchAll(/\bdoi\s?[:：]\s?(10\.\d{4,9}\/[^\s<>"，。；）]+)/gi)].map(([, id = '']) => doi(id)),
  ].filter((one) => one !== undefined);
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

function paper(path: string): Work | undefined {
  const [, id] = /^(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/.exec(path) ?? [];
  return id === undefined ? undefined : work('arxiv', id, 'https://arxiv.org/abs/');
}

function doi(path: string): Work | undefined {
  const id = path.replace(/[).,;]+$/, '');
  return /^10\.\d{4,9}\/\S+$/.test(id) ? work('doi', id.toLowerCase(), 'https://doi.org/') : undefined;
}

function work(kind: WorkKind, name: string, home: string): Work {
  return { kind, id: `${kind}:${name.toLowerCase()}`, url: home + name };
}
