-- Instants are nanoseconds since 1970, as a breach is one nanosecond after the due time.
-- PostgreSQL shows one with to_timestamp(due / 1e9), SQLite with datetime(due / 1000000000, 'unixepoch').

-- A ticket is one document (sla/ticket) and what the board and the timer need of it.
CREATE TABLE ticket (
	id       text   PRIMARY KEY,
	subject  text   NOT NULL,
	moniker  text   NOT NULL,
	plan     text   NOT NULL,
	severity text   NOT NULL,
	outcome  text   NOT NULL,
	document text   NOT NULL,
	due      bigint,          -- of the clock that is due first; null if none runs
	wake     bigint,          -- when to look again: this row is the timer
	settled  bigint NOT NULL  -- the instant of the last look; a ticket's time never goes back
);
CREATE INDEX ticket_wake ON ticket (wake) WHERE wake IS NOT NULL;
CREATE INDEX ticket_due ON ticket (due, id);

CREATE TABLE clock (
	ticket  text NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
	metric  text NOT NULL,
	state   text NOT NULL,
	outcome text NOT NULL,
	due     bigint,
	PRIMARY KEY (ticket, metric)
);

-- When each event was told. What it says is in the ticket's document.
CREATE TABLE event (
	ticket text   NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
	id     text   NOT NULL,
	told   bigint NOT NULL,
	PRIMARY KEY (ticket, id)
);

-- An alarm is raised (turn 1), can be withdrawn by an event told late (2), and raised again
-- (3). Each turn is one message to the receiver.
CREATE TABLE alarm (
	ticket    text   NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
	key       text   NOT NULL, -- of the ticket's alarm; begins with the metric
	metric    text   NOT NULL,
	at        bigint NOT NULL, -- when the threshold was reached
	due       bigint NOT NULL, -- the due time then
	turn      int    NOT NULL,
	raised    bigint NOT NULL, -- when the desk noticed
	withdrawn bigint,
	delivered bigint,          -- when the receiver took the last turn
	PRIMARY KEY (ticket, key)
);
