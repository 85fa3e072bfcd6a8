CREATE TABLE IF NOT EXISTS gallabox_deliveries (key TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL, expires_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS gallabox_deliveries_expires_at ON gallabox_deliveries (expires_at);
