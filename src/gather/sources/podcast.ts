import { z } from 'zod';
import { askFeed } from './ask-feed.ts';
import { defineKind } from './source-kind.ts';

/** `kind: podcast` — a podcast's feed: an episode's show notes are its text, its page or else its audio file its link. */
export const podcast = defineKind({
  kind: 'podcast',
  fullText: 'feed',
  settings: z.object({}),
  collect: (source, _settings, state, deps) => askFeed(source, state, deps),
});
