import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Problem } from '../../domain/problem.ts';
import { MIGRATIONS } from './migrations.ts';

/** One open database with its prepared statements. Every error that leaves it is a `Problem` or a bug. */
export type Connection = {
  readonly path: string;
  run(sql: string, ...values: SQLInputValue[]): number;
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** Runs `work` in one BEGIN IMMEDIATE transaction; anything thrown rolls it back. */
  transaction<T>(work: () => T): T;
  close(): void;
};

export type Row = Record<string, unknown>;

/** How long to wait for another process that is writing. Writes take milliseconds; this is for a slow disk. */
const BUSY_MS = 10_000;

/**
 * Opens (and where needed creates and migrates) the database file.
 * WAL lets readers and one writer work side by side; synchronous=FULL so that a power cut loses nothing that was
 * reported as done (measured: no slower than NORMAL for our transactions).
 * @throws Problem store-unusable | store-newer | store-corrupt | store-readonly | store-full
 */
export function openConnection(path: string): Connection {
  return guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const db = new DatabaseSync(path, { timeout: BUSY_MS });
    try {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
      migrate(db, path);
    } catch (error) {
      db.close();
      throw error;
    }
    return connection(db, path);
  });
}

function connection(db: DatabaseSync, path: string): Connection {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  return {
    path,
    run: (sql, ...values) => guarded(path, () => Number(prepare(sql).run(...values).changes)),
    get: (sql, ...values) => guarded(path, () => prepare(sql).get(...values)),
    all: (sql, ...values) => guarded(path, () => prepare(sql).all(...values)),
    transaction: (work) => guarded(path, () => inTransaction(db, work)),
    close: () => db.close(),
  };
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may already have rolled back; a second ROLLBACK would hide the real error.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The version this program writes; `PRAGMA user_version` holds a database's own. */
export const SCHEMA_VERSION = MIGRATIONS.length;

function migrate(db: DatabaseSync, path: string): void {
  if (readVersion(db) === SCHEMA_VERSION) return;
  inTransaction(db, () => {
    const version = readVersion(db);
    if (version > SCHEMA_VERSION)
      throw new Problem({
        code: 'store-newer',
        message: `数据库 ${path} 的版本是 ${version}，本程序只认识到 ${SCHEMA_VERSION}。 The database was written by a newer ribao.`,
        fix: '升级 ribao，或在配置里换一个 store 文件。 Upgrade ribao, or point `store` at another file.',
      });
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

function readVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/** Bytes on disk, the write-ahead log included. */
export function bytesOf(path: string): number {
  const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size(path) + size(`${path}-wal`);
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toProblem(error, path);
  }
}

// Primary result codes, https://www.sqlite.org/rescode.html; the extended code's low byte is the primary one.
const SQLITE = { busy: 5, readonly: 8, ioerr: 10, corrupt: 11, full: 13, cantopen: 14, notadb: 26 } as const;

function toProblem(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error;
  const sqlite = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  const system = 'code' in error ? error.code : undefined;
  const problem = (code: string, what: string, fix: string) =>
    new Problem({ code, message: `${what}：${path}（${error.message}）`, fix, cause: error });
  if (sqlite === SQLITE.full || system === 'ENOSPC')
    return problem(
      'store-full',
      '磁盘已满，数据库写不进去',
      '腾出空间后重新运行，已收到的内容不会丢。 Free some disk space and run again; nothing collected is lost.',
    );
  if (sqlite === SQLITE.readonly || system === 'EROFS' || system === 'EACCES' || system === 'EPERM')
    return problem(
      'store-readonly',
      '数据库所在的文件夹不可写',
      '改正文件夹权限，或在配置里换一个 store 位置。 Make the folder writable or change `store` in the config.',
    );
  if (sqlite === SQLITE.corrupt || sqlite === SQLITE.notadb)
    return problem(
      'store-corrupt',
      '数据库文件已损坏或不是数据库',
      '用备份恢复，或把它移走后重新运行。 Restore a backup, or move the file away and run again.',
    );
  if (sqlite === SQLITE.busy)
    return problem(
      'store-busy',
      '数据库被别的进程占用太久',
      '等另一个 ribao 结束后再试。 Wait for the other ribao process to finish.',
    );
  const cannotOpen = sqlite === SQLITE.cantopen || sqlite === SQLITE.ioerr;
  if (cannotOpen || (sqlite === undefined && /^E[A-Z]+$/.test(String(system))))
    return problem(
      'store-unusable',
      '数据库打不开',
      '检查路径、权限和磁盘。 Check the path, its permissions and the disk.',
    );
  return error;
}
