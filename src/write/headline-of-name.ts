import { visibleLength } from '../text/length.ts';
import { withoutCounts } from '../text/outlet-prose.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { stripEnd, unquoted } from './clean-title.ts';
import type { Candidate } from './headline-candidates.ts';
import { LEAD_READ } from './headline-leads.ts';
import { lengthScore, TOLERATED } from './headline-score.ts';
import { shorterForms } from './shorten.ts';
import { escapeRegExp } from './source-text.ts';
import { readStatement } from './statement.ts';
import type { WritingDesk } from './writing-desk.ts';

/** `huggingface/ml-intern`: an address, and the name in it. */
export const REPOSITORY = /^[\w.-]+\/([\w.-]+)(?:（[^）]*）| ?(?:项目|仓库))?$/;

/** `cline：在IDE中运行的编程代理`: a bare name and the first clause that explains it, of a repository that says what it is. */
export function explainName(
  title: string,
  body: string,
  leads: readonly string[],
  desk: WritingDesk,
): Candidate[] {
  const { least, most } = desk.style.length.headline;
  const repository = REPOSITORY.exec(title)?.[1];
  const name = repository ?? title;
  if (name === '' || (repository === undefined && visibleLength(name) >= least)) return [];
  // What a repository is may be said in few words (`开源编码代理。`).
  const [about = ''] = sentencesOf(withoutCounts(body.slice(0, LEAD_READ)));
  const ownName = new RegExp(`^${escapeRegExp(name)}[：:]`, 'i');
  const clauses = [
    ...(repository === undefined
      ? []
      : [unquoted(stripEnd(about.replace(/^(.{6,}?)(?:\s*--|\s-)\s.*$/u, '$1')))]),
    ...leads.slice(0, 2),
  ].flatMap((lead) =>
    clausesOf(
      lead
        .replace(ownName, '')
        .replace(/\s*\[[^\]]*\]$/, '')
        .replace(/——.*$/u, ''),
    ).slice(0, 2),
  );
  const kind = repository === undefined ? undefined : clauses.find((one) => isKindOfTool(stripEnd(one)));
  const clause = stripEnd(kind ?? clauses[0] ?? '');
  if (
    !/\p{Script=Han}{2}/u.test(clause) ||
    visibleLength(clause) < TELLS_LEAST ||
    (repository === undefined && readStatement(clause, desk).shape !== 'whole')
  )
    return [];
  const text = clause
    .slice(0, name.length + SAYS_NAME)
    .toLowerCase()
    .includes(name.toLowerCase())
    ? clause
    : `${name}：${clause}`;
  const bonus = repository === undefined ? 1 : REPOSITORY_BONUS;
  return [text, ...shorterForms(text, most, desk)]
    .filter((form) => repository !== undefined || visibleLength(form) <= most + TOLERATED.more)
    .map((form) => ({
      text: form,
      place: 0,
      score: lengthScore(visibleLength(form), desk) + bonus,
      statement: readStatement(form, desk),
    }));
}
/** `学习它`: too short to say what it is. */
const TELLS_LEAST = 4;
/** What a repository is stands in no other place; without its name it is nobody's. */
const SAYS_NAME = 8;
const REPOSITORY_BONUS = 9;
function isKindOfTool(clause: string): boolean {
  return KIND_OF_TOOL.test(clause) && !/^(?:可|能|支持|用于|通过|让|帮助)/.test(clause);
}
const KIND_OF_TOOL =
  /(?:工具|平台|框架|库|引擎|服务|系统|应用|代理|智能体|助手|模型|套件|插件|客户端|服务器|SDK|基础设施|技术栈|合集|教程|指南|规范|技能)$/;
