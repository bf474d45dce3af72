import { join } from 'node:path';
import { replaceFile } from '../write-file.ts';
import type { DeliveryOutcome } from './channel.ts';

const EXPLAINED: Record<string, string> = {
  ENOSPC: '磁盘已满，请腾出空间',
  EACCES: '文件夹不可写，请改正权限',
  EPERM: '文件夹不可写，请改正权限',
  EROFS: '文件夹在只读磁盘上，请换一个位置',
  ENOTDIR: '路径中有一段是文件而不是文件夹，请改正 folder',
};

/** Delivery into a folder, for every channel that is a file. Writing the same bytes twice is harmless. */
export async function deliverFile(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<DeliveryOutcome> {
  const path = join(folder, name);
  try {
    await replaceFile(path, content);
    return { kind: 'delivered', where: path };
  } catch (error) {
    return fileFailure(path, error);
  }
}

/** What the disk's refusal means, in words for an editor. */
export function fileFailure(path: string, error: unknown): DeliveryOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return {
    kind: 'failed',
    code: 'channel-file',
    message: `写不了 ${path}：${EXPLAINED[code] ?? (error instanceof Error ? error.message : String(error))}`,
    retryable: true,
  };
}
