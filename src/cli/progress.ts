import { MultiBar, type SingleBar } from 'cli-progress';
import type { Step } from '../domain/run.ts';
import type { Tell, Tidings } from '../newsroom/tell.ts';
import type { Io } from './io.ts';
import type { Words } from './language.ts';

const STEP_NAMES: Record<Step, Words> = {
  collect: { zh: '收稿', en: 'collect' },
  read: { zh: '读稿', en: 'read   ' },
  group: { zh: '归组', en: 'group  ' },
  judge: { zh: '评判', en: 'judge  ' },
  write: { zh: '撰写', en: 'write  ' },
  compose: { zh: '编成', en: 'compose' },
  deliver: { zh: '投递', en: 'deliver' },
};

/** Failures shown under a step; the rest stand in `ribao status`. */
const FAILURES_SHOWN = 5;

/** Draws a run: a bar per step on a terminal, plain lines elsewhere (on standard error, so that output stays clean). */
export function showProgress(io: Io): { tell: Tell; end(): void } {
  return io.terminal ? bars(io) : { tell: (tidings) => line(io, tidings), end: () => {} };
}

function line(io: Io, tidings: Tidings): void {
  if (tidings.kind === 'step-ended') io.err(endedLine(io, tidings));
}

function endedLine(io: Io, { step, tookMs, note, failures }: Tidings & { kind: 'step-ended' }): string {
  const mark = failures.length > 0 ? '!' : '✓';
  const shown = failures
    .slice(0, FAILURES_SHOWN)
    .map((failure) => `    ${failure.subject}：${failure.message}`);
  const more = failures.length - shown.length;
  if (more > 0) shown.push({ zh: `    ……还有 ${more} 个失败`, en: `    ... and ${more} more` }[io.tongue]);
  return [`${mark} ${STEP_NAMES[step][io.tongue]}  ${note}  ${(tookMs / 1000).toFixed(1)}s`, ...shown].join(
    '\n',
  );
}

function bars(io: Io): { tell: Tell; end(): void } {
  const multi = new MultiBar({
    format: '{name} {bar} {value}/{total}  {note}',
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    emptyOnZero: true,
  });
  const drawn = new Map<Step, SingleBar>();
  return {
    tell(tidings) {
      const name = STEP_NAMES[tidings.step][io.tongue];
      if (tidings.kind === 'step-started')
        drawn.set(tidings.step, multi.create(tidings.total, 0, { name, note: '' }));
      else if (tidings.kind === 'step-advanced')
        drawn.get(tidings.step)?.increment(1, { note: tidings.subject.slice(0, 24) });
      else {
        const bar = drawn.get(tidings.step);
        bar?.update(bar.getTotal(), { note: '' });
        if (bar) multi.remove(bar);
        multi.log(`${endedLine(io, tidings)}\n`);
        // Logged lines are drawn with the bars; without this the last one would be lost.
        multi.update();
      }
    },
    end: () => multi.stop(),
  };
}
