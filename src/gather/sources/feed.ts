import { z } from 'zod';
import { askFeed } from './ask-feed.ts';
import { defineKind } from './source-kind.ts';

/** `kind: feed` — an RSS, Atom, RDF or JSON Feed address. */
export const feed = defineKind({
  kind: 'feed',
  settings: z.object({}),
  collect: (source, _settings, state, deps) => askFeed(source, state, deps),
});
