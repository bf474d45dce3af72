import { clockTime } from '../newsroom/calendar.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import type { Io } from './io.ts';

/** The hosts that are left alone now, until when and why; no lines when there are none. */
export async function hostLines(room: Newsroom, io: Io): Promise<string[]> {
  const resting = await room.store.restingHosts(room.clock());
  if (resting.length === 0) return [];
  const until = { zh: '到', en: 'until' }[io.tongue];
  return [
    { zh: '正在休息、不去打扰的主机：', en: 'Hosts left alone:' }[io.tongue],
    ...resting.map(
      (rest) => `  ${rest.host}  ${until} ${clockTime(room.config.timezone, rest.until)}  ${rest.why}`,
    ),
  ];
}
