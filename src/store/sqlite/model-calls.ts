import { type ModelCall, type Money, PURPOSES } from '../../domain/model-call.ts';
import type { Store } from '../store.ts';
import type { Connection, Row } from './connection.ts';

type ModelCallStore = Pick<Store, 'openCall' | 'settleCall' | 'modelCalls' | 'spending'>;

/** The ledger of model calls in SQLite. */
export function modelCallStore(db: Connection): ModelCallStore {
  const sum = (where: 'date' | 'month', value: string): Money[] =>
    db
      .all(
        `SELECT currency, sum(micros) AS micros FROM model_call
         WHERE ${where} = ? AND micros > 0 GROUP BY currency ORDER BY currency`,
        value,
      )
      .map((row) => ({ currency: String(row.currency), micros: Number(row.micros) }));
  const spending = (date: string, month: string) => ({
    edition: sum('date', date),
    month: sum('month', month),
  });
  return {
    async openCall(call, may) {
      return db.transaction(() => {
        if (!may(spending(call.date, call.month))) return undefined;
        const row = db.get(
          `INSERT INTO model_call (at, date, month, run_id, purpose, repair, model, outcome, input_tokens,
             cached_tokens, output_tokens, currency, micros, most)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
          call.at,
          call.date,
          call.month,
          call.runId,
          call.purpose,
          Number(call.repair),
          call.model,
          call.outcome,
          ...changing(call),
        );
        return Number(row?.n);
      });
    },

    async settleCall(n, ended) {
      db.run(
        `UPDATE model_call SET outcome = ?, input_tokens = ?, cached_tokens = ?, output_tokens = ?, currency = ?,
           micros = ?, most = ? WHERE n = ?`,
        ended.outcome,
        ...changing(ended),
        n,
      );
    },

    async modelCalls(month) {
      return db.all('SELECT * FROM model_call WHERE month = ? ORDER BY n', month).map(toCall);
    },

    async spending(date, month) {
      return spending(date, month);
    },
  };
}

function changing({ tokens, cost }: Pick<ModelCall, 'tokens' | 'cost'>) {
  return [
    tokens?.input ?? null,
    tokens?.cached ?? null,
    tokens?.output ?? null,
    cost?.currency ?? null,
    cost?.micros ?? null,
    Number(cost?.most ?? false),
  ];
}

function toCall(row: Row): ModelCall {
  return {
    at: Number(row.at),
    date: String(row.date),
    month: String(row.month),
    runId: String(row.run_id),
    purpose: PURPOSES.find((purpose) => purpose === row.purpose) ?? 'brief',
    repair: row.repair === 1,
    model: String(row.model),
    outcome: String(row.outcome),
    ...(row.input_tokens === null
      ? {}
      : {
          tokens: {
            input: Number(row.input_tokens),
            cached: Number(row.cached_tokens),
            output: Number(row.output_tokens),
          },
        }),
    ...(row.currency === null
      ? {}
      : { cost: { currency: String(row.currency), micros: Number(row.micros), most: row.most === 1 } }),
  };
}
