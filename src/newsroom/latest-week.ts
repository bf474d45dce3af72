import { weekOf } from '../domain/week.ts';
import { addDays } from './calendar.ts';

/** The week that is complete on this day: its own on a Sunday, else the one before. */
export function latestWeek(today: string): string {
  return weekOf(addDays(today, -6));
}
