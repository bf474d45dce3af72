/** One question about quality: measures on a folder laid out like the data README says. */
export type Question = (asked: {
  data: string;
  /** Only this day, for questions about days. */
  day?: string;
  /** Fit weights anew, never on what they are measured on; without it the shipped ones are measured. */
  train: boolean;
  /** Print this many items of each edition. */
  items: number;
  /** Tables and remarks for a person, on standard error. */
  say: (line: string) => void;
}) => Promise<{
  cases: number;
  figures: Record<string, number>;
  /** Sets the folder lacks; their figures are left out. */
  absent: string[];
}>;
