"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE workspace (
  id TEXT PRIMARY KEY, folder TEXT NOT NULL, zone TEXT NOT NULL, created_at BIGINT NOT NULL
);
CREATE TABLE account (
  workspace TEXT NOT NULL, name TEXT NOT NULL, network TEXT NOT NULL, open_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace, name)
);
CREATE TABLE hold (
  workspace TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('workspace', 'account', 'post', 'delivery')),
  subject TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL,
  PRIMARY KEY (workspace, scope, subject, reason)
);
CREATE TABLE offer (
  workspace TEXT NOT NULL, document TEXT NOT NULL, snippet TEXT NOT NULL, post TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (workspace, document, snippet)
);
CREATE TABLE reading (
  workspace TEXT NOT NULL, post TEXT NOT NULL, path TEXT NOT NULL, status TEXT NOT NULL, input_hash TEXT NOT NULL,
  at BIGINT NOT NULL, PRIMARY KEY (workspace, post)
);
CREATE TABLE approval (
  workspace TEXT NOT NULL, post TEXT NOT NULL, input_hash TEXT NOT NULL,
  approved_by TEXT NOT NULL, rule TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL,
  PRIMARY KEY (workspace, post, input_hash)
);
CREATE TABLE message (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  workspace TEXT NOT NULL, post TEXT NOT NULL, account TEXT NOT NULL, occurrence TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('scheduled', 'publishing', 'published', 'unconfirmed', 'missed', 'failed', 'canceled')),
  fence BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL, not_after BIGINT NOT NULL, local_time TEXT NOT NULL, zone TEXT NOT NULL,
  idem_key TEXT NOT NULL UNIQUE, message TEXT NOT NULL REFERENCES message (sha256),
  parts BIGINT NOT NULL CHECK (parts > 0),
  parts_done BIGINT NOT NULL DEFAULT 0 CHECK (parts_done BETWEEN 0 AND parts),
  intent_part BIGINT NOT NULL DEFAULT -1, intent_at BIGINT,
  lease_owner TEXT NOT NULL DEFAULT '', lease_until BIGINT,
  retry_at BIGINT NOT NULL DEFAULT 0, check_at BIGINT,
  looks BIGINT NOT NULL DEFAULT 0, tries BIGINT NOT NULL DEFAULT 0, errors BIGINT NOT NULL DEFAULT 0,
  asks BIGINT NOT NULL DEFAULT 0, cancel_wish BIGINT NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', changed_at BIGINT NOT NULL,
  UNIQUE (workspace, post, account, occurrence),
  CHECK (state <> 'published' OR parts_done = parts),
  CHECK ((state = 'publishing') = (lease_until IS NOT NULL)),
  CHECK (state <> 'unconfirmed' OR intent_part >= 0),
  CHECK (intent_part < 0 OR state IN ('publishing', 'unconfirmed'))
);
CREATE INDEX delivery_due ON delivery (workspace, due_at, id) WHERE state = 'scheduled';
CREATE INDEX delivery_leased ON delivery (workspace, account, lease_until) WHERE state = 'publishing';
CREATE INDEX delivery_unsure ON delivery (workspace, account, check_at) WHERE state = 'unconfirmed';
CREATE TABLE handles (
  delivery BIGINT NOT NULL REFERENCES delivery (id), fence BIGINT NOT NULL,
  body TEXT NOT NULL, expires_at BIGINT, at BIGINT NOT NULL, PRIMARY KEY (delivery, fence)
);
CREATE TABLE attempt (
  delivery BIGINT NOT NULL REFERENCES delivery (id), part BIGINT NOT NULL, fence BIGINT NOT NULL,
  intent_at BIGINT NOT NULL, outcome TEXT NOT NULL DEFAULT '', ended_at BIGINT,
  PRIMARY KEY (delivery, part, fence)
);
CREATE TABLE receipt (
  delivery BIGINT NOT NULL REFERENCES delivery (id), part BIGINT NOT NULL,
  remote_id TEXT NOT NULL, url TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (delivery, part)
);
CREATE TABLE event (
  id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, delivery BIGINT, post TEXT NOT NULL DEFAULT '',
  account TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL, move_from TEXT NOT NULL DEFAULT '',
  move_to TEXT NOT NULL DEFAULT '', who TEXT NOT NULL, what TEXT NOT NULL
);
CREATE INDEX event_post ON event (workspace, post, id)
"""

TRIGGERS = [
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in ("event", "receipt", "message")
    for verb in ("update", "delete")
]


def upgrade() -> None:
    for statement in [*TABLES.split(";"), *TRIGGERS]:
        op.execute(statement)
