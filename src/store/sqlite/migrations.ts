/**
 * The schema, one step per version, never edited once released: a mistake is mended by a further step.
 * Times are milliseconds since the epoch; `json` columns are checked by `schemas.ts` on the way out.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE source_state (source_id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;

  CREATE TABLE article (
    id TEXT PRIMARY KEY,
    identity TEXT NOT NULL,
    source_id TEXT NOT NULL,
    publisher TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    language TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL,
    excerpt TEXT NOT NULL,
    tags TEXT NOT NULL,
    body TEXT NOT NULL,
    -- 'unread', 'again' (the feed's text for now), 'feed', 'page' or 'gone'
    body_kind TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    tried_at INTEGER NOT NULL DEFAULT 0,
    merged_into TEXT REFERENCES article(id)
  ) STRICT;
  CREATE INDEX article_published ON article(published_at);
  CREATE INDEX article_source ON article(source_id, published_at);
  CREATE INDEX article_unread ON article(published_at) WHERE body_kind IN ('unread', 'again');
  CREATE INDEX article_changed ON article(changed_at);

  CREATE TABLE identity (identity TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES article(id)) STRICT;
  CREATE INDEX identity_article ON identity(article_id);

  CREATE TABLE sighting (
    article_id TEXT NOT NULL REFERENCES article(id),
    source_id TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, source_id)
  ) STRICT;

  CREATE TABLE story (id TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, joins TEXT NOT NULL) STRICT;
  CREATE TABLE story_article (
    article_id TEXT PRIMARY KEY REFERENCES article(id),
    story_id TEXT NOT NULL REFERENCES story(id),
    place INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX story_article_story ON story_article(story_id, place);

  CREATE TABLE verdict (
    date TEXT NOT NULL,
    story_id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (date, story_id)
  ) STRICT;
  CREATE INDEX verdict_story ON verdict(story_id, date);

  CREATE TABLE brief (story_id TEXT PRIMARY KEY, input_hash TEXT NOT NULL, json TEXT NOT NULL) STRICT;

  CREATE TABLE edition (
    date TEXT NOT NULL,
    revision INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (date, revision)
  ) STRICT;

  CREATE TABLE delivery (
    key TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    revision INTEGER NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT;
  CREATE INDEX delivery_date ON delivery(date, revision);

  CREATE TABLE run (
    id TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    cutoff_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX run_started ON run(started_at);

  CREATE TABLE journal (
    n INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run(id),
    step TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX journal_run ON journal(run_id, step);

  CREATE TABLE lease (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
  `,
  `
  ALTER TABLE story ADD COLUMN merged_into TEXT REFERENCES story(id);

  CREATE TABLE story_change (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    story_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX story_change_story ON story_change(story_id);
  CREATE INDEX story_change_other ON story_change(other_id);

  CREATE TABLE ruling (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    json TEXT NOT NULL,
    undone_at INTEGER
  ) STRICT;

  CREATE TABLE kept_answer (key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  `,
  `
  -- points, comments, stars ... as JSON; NULL where the source counts nothing
  ALTER TABLE sighting ADD COLUMN engagement TEXT;
  ALTER TABLE article ADD COLUMN engagement TEXT;
  `,
  `
  -- hosts that showed a captcha or asked for rest, until when they are left alone
  CREATE TABLE host_rest (host TEXT PRIMARY KEY, until INTEGER NOT NULL, why TEXT NOT NULL) STRICT;

  -- changes in a source's health, oldest first
  CREATE TABLE source_event (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    health_before TEXT NOT NULL,
    health_after TEXT NOT NULL,
    why TEXT NOT NULL
  ) STRICT;
  CREATE INDEX source_event_source ON source_event(source_id, at);
  CREATE INDEX source_event_at ON source_event(at);
  `,
  'ALTER TABLE article ADD COLUMN image TEXT',
  `
  -- what is sent to an outlet of messages; NULL for outlets of files
  ALTER TABLE delivery ADD COLUMN part TEXT;
  ALTER TABLE delivery ADD COLUMN body TEXT;
  `,
  `
  -- the ledger: every call of a model and every answer known already; money in millionths of the currency's unit,
  -- NULL where the price is not known; while a call is open, and where most = 1, the most it can cost
  CREATE TABLE model_call (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    date TEXT NOT NULL,
    month TEXT NOT NULL,
    run_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    repair INTEGER NOT NULL,
    model TEXT NOT NULL,
    outcome TEXT NOT NULL,
    input_tokens INTEGER,
    cached_tokens INTEGER,
    output_tokens INTEGER,
    currency TEXT,
    micros INTEGER,
    most INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX model_call_date ON model_call(date);
  CREATE INDEX model_call_month ON model_call(month);

  -- what an editor changed: a brief as it was published and as the editor would have it; the latest of each story and day
  CREATE TABLE style_pair (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    date TEXT NOT NULL,
    story_id TEXT NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (date, story_id)
  ) STRICT;

  -- rules learned from them that a person accepted
  CREATE TABLE style_rule (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
  `,
  `
  -- the delivery of the same plan that holds this one's text: letters to thousands say the same
  ALTER TABLE delivery ADD COLUMN body_of TEXT REFERENCES delivery(key);

  -- addresses stand in this table only (decision 0023)
  CREATE TABLE subscriber (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    -- the address in lower case
    address_key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    asks INTEGER NOT NULL,
    letter_due INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX subscriber_due ON subscriber(asked_at) WHERE letter_due = 1;

  -- SHA-256 of addresses that left: no import brings them back
  CREATE TABLE left_address (hash TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;

  CREATE TABLE bounce (
    subscriber_id TEXT NOT NULL REFERENCES subscriber(id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, about)
  ) STRICT;

  -- what was read of the mailbox that letters come back to
  CREATE TABLE mailbox_memory (channel TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  `,
  `
  -- who takes a row out asks whether others have their text from it
  CREATE INDEX delivery_body_of ON delivery(body_of) WHERE body_of IS NOT NULL;
  `,
];
