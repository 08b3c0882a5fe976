-- One row: the number of the last change. Whoever changes anything locks it first, so that changes take turns.
CREATE TABLE holdfast_control (
    id integer PRIMARY KEY CHECK (id = 1),
    version bigint NOT NULL
);
INSERT INTO holdfast_control (id, version) VALUES (1, 0);

-- The proxies that live, and how often each has said so.
CREATE TABLE holdfast_proxy (
    name varchar(40) PRIMARY KEY,
    beats bigint NOT NULL
);

-- request and progress are JSON; the other columns are what is searched for.
CREATE TABLE holdfast_hold (
    id varchar(20) PRIMARY KEY,
    number bigint NOT NULL,
    state varchar(20) NOT NULL,
    is_open boolean NOT NULL,
    client_waits boolean NOT NULL,
    owner varchar(40),
    claim varchar(40),
    db_user varchar(256) NOT NULL,
    fingerprint varchar(64) NOT NULL,
    weight bigint NOT NULL,
    opened timestamp with time zone NOT NULL,
    deadline timestamp with time zone,
    request text NOT NULL,
    progress text NOT NULL,
    changed bigint NOT NULL,
    changed_by varchar(40) NOT NULL
);
CREATE INDEX holdfast_hold_order ON holdfast_hold (is_open, number);
CREATE INDEX holdfast_hold_changed ON holdfast_hold (changed);
CREATE INDEX holdfast_hold_fingerprint ON holdfast_hold (fingerprint);
