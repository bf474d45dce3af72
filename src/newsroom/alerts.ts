import type { Delivery, Edition } from '../domain/edition.ts';
import { Problem } from '../domain/problem.ts';
import type { Failure, Run } from '../domain/run.ts';
import type { Health, HostRest, SourceEvent } from '../domain/source.ts';
import { isWeek } from '../domain/week.ts';
import { openOutlet } from '../publish/channels/registry.ts';
import { clockTime, dateIn } from './calendar.ts';
import { hideSecrets } from './config/secrets.ts';
import type { CeilingUse } from './costs.ts';
import { newRun } from './new-run.ts';
import type { Newsroom } from './newsroom.ts';
import { settle, wayOf } from './outbox.ts';

/** Something an editor should know of without asking. Each key is told once. Words are Chinese. */
export type Alert = { key: string; title: string; lines: string[] };

/** Under this date alerts stand among the deliveries: they belong to no edition. */
const ALERTS = 'alerts';
/** Changes to these are told, and recovery from them; a source that is merely quiet is not. */
const ILL: Partial<Record<Health, string>> = {
  silent: '久无新文',
  failing: '连续失败',
  blocked: '被对方拦下',
  gone: '已不存在',
};
/** What an editor did on purpose or sees at once. */
const UNALERTED: ReadonlySet<string> = new Set(['already-running', 'date-future', 'usage']);

const kindWord = (date: string) => (isWeek(date) ? '周报' : '日报');

/** From this share on a ceiling of money is near. */
const NEAR = 0.8;

/**
 * What a run has to tell: sources that fell ill or got well in it, hosts that are left alone, an edition held back,
 * channels that did not get it, ceilings of money that are near or kept the model from being asked. Pure.
 */
export function alertsOf(ended: {
  run: Pick<Run, 'id' | 'date'>;
  edition?: Edition;
  /** Of the deliveries. */
  failures: readonly Failure[];
  events: readonly SourceEvent[];
  /** Those at rest now, and the time zone to tell the time in. */
  rests: readonly HostRest[];
  zone: string;
  /** How far the ceilings of money are used, in this month `YYYY-MM`; `stopped`: a call was not made for one. */
  money?: { month: string; ceilings: readonly CeilingUse[]; stopped: boolean };
}): Alert[] {
  const { run, edition, failures, events, rests, zone, money } = ended;
  const ill = events.filter(({ after }) => ILL[after] !== undefined);
  const well = events.filter(({ before, after }) => ILL[before] !== undefined && ILL[after] === undefined);
  const held = edition?.status.kind === 'held' ? edition.status.reasons : [];
  return [
    ...(held.length > 0
      ? [
          {
            key: `held/${run.date}/r${edition?.revision}`,
            title: `${run.date} 的${kindWord(run.date)}被扣下，没有发布`,
            lines: [...held.map(({ message }) => message), 'ribao show 看这一期，改正后 ribao run 再做'],
          },
        ]
      : []),
    ...failures.map(({ code, subject, message }) => ({
      key: `undelivered/${run.date}/${subject}/${code}`,
      title: `${run.date} 的${kindWord(run.date)}没有送到 ${subject}`,
      lines: [`${code}：${message}`, 'ribao deliveries --open 看全部'],
    })),
    ...(ill.length + well.length > 0
      ? [
          {
            key: `sources/${run.id}`,
            title: [
              ...(ill.length > 0 ? [`${ill.length} 个来源出了问题`] : []),
              ...(well.length > 0 ? [`${well.length} 个来源恢复了`] : []),
            ].join('，'),
            lines: [
              ...ill.map(({ sourceId, after, why }) => `${sourceId}：${ILL[after] ?? after}。${why}`),
              ...well.map(({ sourceId, before }) => `${sourceId}：已恢复（此前${ILL[before] ?? before}）`),
            ],
          },
        ]
      : []),
    // Once a day and host: a captcha that stays is not told with every look.
    ...rests.map(({ host, until, why }) => ({
      key: `rest/${run.date}/${host}`,
      title: `${host} 拦下了我们，先不去打扰`,
      lines: [why, `${clockTime(zone, until)} 之前不再访问，来源：ribao status`],
    })),
    ...(money === undefined ? [] : moneyAlerts(run.date, money)),
  ];
}

function moneyAlerts(
  date: string,
  { month, ceilings, stopped }: { month: string; ceilings: readonly CeilingUse[]; stopped: boolean },
): Alert[] {
  const near = ceilings
    .filter(({ share }) => share >= NEAR)
    .map(({ of, spent, ceiling, currency, share }): Alert => {
      const which = of === 'edition' ? `${date} 一期` : `${month} 这个月`;
      const used = `已用 ${spent.toFixed(2)} / ${ceiling} ${currency}（${Math.round(share * 100)} %）`;
      return {
        key: `ceiling/${of}/${of === 'edition' ? date : month}`,
        title: `${which}的模型费用接近上限`,
        lines: [used, '到了上限，简讯改由摘句写成；ribao costs 看明细'],
      };
    });
  if (!stopped) return near;
  const title = `${date} 的模型费用到了上限，部分简讯由摘句写成`;
  return [...near, { key: `ceiling/stopped/${date}`, title, lines: ['上限在配置的 model.budget'] }];
}

/**
 * Sends alerts to the channel that the config names, each once, and those that could not be sent before. What becomes
 * of them changes nothing of the run: a failure stands in the journal. Does nothing without such a channel.
 */
export async function sendAlerts(room: Newsroom, run: Run, alerts: readonly Alert[]): Promise<void> {
  const outlet = room.config.alerts && openOutlet(room.config.alerts);
  if (outlet?.form !== 'messages' || outlet.notice === undefined) return;
  const { notice } = outlet;
  await room.store.planDeliveries(
    alerts.map(({ key, title, lines }): Delivery => {
      const shown = lines.map((line) => hideSecrets(line, room.secrets));
      const { id, body } = notice(title, shown);
      return {
        key: `${ALERTS}/${key}`,
        date: ALERTS,
        revision: 0,
        channel: ALERTS,
        message: { part: id, body },
        state: { kind: 'planned' },
      };
    }),
  );
  const open = (await room.store.deliveries(ALERTS)).filter(
    ({ state }) => state.kind === 'planned' || (state.kind === 'failed' && state.retryable),
  );
  for (const row of open) {
    const state = await settle(room, run, row, wayOf(room, outlet, row));
    if (state.kind !== 'delivered') return;
  }
}

/** Tells that a run broke off; whatever goes wrong with that is left, for the break itself is reported anyway. */
export async function alertTrouble(room: Newsroom, error: unknown): Promise<void> {
  if (room.config.alerts === undefined) return;
  const code = error instanceof Problem ? error.code : 'bug';
  if (UNALERTED.has(code)) return;
  const now = room.clock();
  const run = newRun(dateIn(room.config.timezone, now), now, now);
  const lines = error instanceof Problem ? [error.message, error.fix] : [String(error)];
  try {
    await room.store.openRun(run);
    await sendAlerts(room, run, [
      { key: `trouble/${run.date}/${code}`, title: `${run.date} 的日报没有做成（${code}）`, lines },
    ]);
    await room.store.endRun(run.id, 'posted', room.clock());
  } catch {
    // The store itself may be what is broken.
  }
}
