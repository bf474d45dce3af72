/** How a command ends; the same for every command, documented in docs/operating.md and `ribao --help`. */
export const EXIT = { ok: 0, other: 1, usage: 2, held: 3, undelivered: 4 } as const;
