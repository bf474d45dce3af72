import { resolve } from 'node:path';
import { loadConfig } from '../newsroom/config/load-config.ts';
import { type Newsroom, openNewsroom } from '../newsroom/newsroom.ts';
import type { Io } from './io.ts';

/** Opens the newsroom of this config, does the work, and closes it whatever happens. */
export async function withNewsroom<T>(
  io: Io,
  configPath: string,
  work: (room: Newsroom) => Promise<T>,
): Promise<T> {
  const room = openNewsroom(loadConfig(resolve(io.cwd, configPath), io.env));
  try {
    return await work(room);
  } finally {
    await room.close();
  }
}
